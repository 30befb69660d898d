import { z } from "zod";

import { ImportRefused } from "../../collect/index.ts";
import { importBody, importOptions } from "../contracts.ts";
import type { FileMapping } from "./import-file.ts";

const mappingFile = z.object({ columns: importBody.shape.columns.optional(), options: z.looseObject({}).prefault({}) });

/** A mapping from a file, with single options said over it; throws one sentence that names what is wrong. */
export function readMapping(given: unknown, said: Readonly<Record<string, unknown>>): FileMapping {
  const file = mappingFile.safeParse(given);
  if (!file.success) throw new ImportRefused(`The mapping cannot be used: ${sentence(file.error)}.`);
  const told = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  const all = { ...file.data.options, ...told };
  const options = importOptions.partial().safeParse(all);
  if (!options.success) throw new ImportRefused(`The options cannot be used: ${sentence(options.error)}.`);
  // Only what was told: the rest is suggested by what the file looks like.
  const kept = Object.fromEntries(Object.entries(options.data).filter(([name]) => Object.hasOwn(all, name)));
  return { ...(file.data.columns ? { columns: file.data.columns } : {}), options: kept };
}

function sentence({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
}
