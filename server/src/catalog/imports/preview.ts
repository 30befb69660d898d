import type { ProductPreview, ProductPreviewBody } from "../contracts.ts";
import { convertRow } from "./convert-row.ts";
import type { ImportDeps } from "./deps.ts";
import { openSource } from "./open-source.ts";
import { problemView } from "./problems.ts";
import { type FirstRow, unlessRepeated } from "./repeated-sku.ts";
import { missingFields, suggestColumns } from "./suggest-columns.ts";

const TRIED = 1_000;
const SAMPLES = 3;
const MOST_SAMPLE = 80;
const EXAMPLES = 10;
const MOST_PROBLEMS = 50;

/** What a file is, what its columns could be, and what its first rows would become; nothing is written. */
export async function previewImport(
  deps: ImportDeps,
  { file, columns: given, options }: ProductPreviewBody,
): Promise<ProductPreview> {
  const { form, columns: names, batches } = await openSource(deps, file);
  const suggested = suggestColumns(names, form);
  const columns = given ?? suggested;
  const samples = new Map(names.map((name) => [name, new Set<string>()]));
  const examples: ProductPreview["examples"] = [];
  const problems: ProductPreview["problems"] = [];
  const tried = { rows: 0, taken: 0, rejected: 0, whole: true };
  const firsts = new Map<string, FirstRow>();
  reading: for await (const batch of batches) {
    for (const row of batch) {
      if (tried.rows >= TRIED) {
        tried.whole = false;
        break reading;
      }
      tried.rows += 1;
      for (const [name, text] of row.cells ?? []) {
        const seen = samples.get(name);
        if (seen && seen.size < SAMPLES) seen.add(text.slice(0, MOST_SAMPLE));
      }
      const read = unlessRepeated(firsts, convertRow(row, columns, options));
      if ("problem" in read) {
        tried.rejected += 1;
        if (problems.length < MOST_PROBLEMS) problems.push(problemView(read.problem));
        continue;
      }
      tried.taken += 1;
      const { ok } = read;
      if (examples.length < EXAMPLES) {
        examples.push({
          row: ok.number,
          group: ok.group,
          sku: ok.sku,
          title: ok.title,
          category: ok.category.join(" > ") || null,
          price: ok.price === null ? null : { amount: ok.price.amount, currency: ok.price.currency },
          size: ok.size,
          color: ok.color,
          images: ok.images.length,
        });
      }
    }
  }
  return {
    form,
    found: names.map((name) => ({ name, samples: [...(samples.get(name) ?? [])] })),
    suggested,
    missing: missingFields(columns),
    tried,
    examples,
    problems,
  };
}
