import { csvLine } from "../../platform/csv-line.ts";
import type { Db } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { cursorId, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import type { ProductImport, ProductImportBody, ProductImportDetail } from "../contracts.ts";
import { refuse } from "../errors.ts";
import type { ImportDeps } from "./deps.ts";
import { openSource } from "./open-source.ts";
import { messageOf, pictureMessage } from "./problems.ts";
import {
  changeState,
  insertJob,
  type JobRow,
  listJobs,
  listPictureProblems,
  listProblems,
} from "./queries/import-jobs.pg.ts";
import { missingFields } from "./suggest-columns.ts";

const SHOWN = 200;
const AT_ONCE = 1_000;

/** Begins an import; refuses a mapping that lacks what every product needs, and a file that is none. */
export async function createImport(deps: ImportDeps, body: ProductImportBody): Promise<ProductImport> {
  const missing = missingFields(body.columns);
  if (missing.length > 0) {
    throw refuse(
      "mapping_incomplete",
      undefined,
      missing.map((field) => ({ path: "columns", message: `${field} is missing` })),
    );
  }
  await (await openSource(deps, body.file)).batches.return(undefined);
  const id = newId(deps.clock);
  const { name, bytes } = await deps.fileOf(body.file);
  await insertJob(deps.db, {
    id,
    fileId: body.file,
    fileName: name,
    bytes,
    columns: body.columns,
    options: body.options,
    at: deps.clock.now().toString(),
  });
  deps.bus.wake("imports");
  return readImport(deps.db, id);
}

export async function readImports(db: Db, { after, limit }: PageQuery): Promise<Page<ProductImport>> {
  const page = toPage(await listJobs(db, { after: cursorId(after), limit: limit + 1 }), limit, (row) => [row.id]);
  return { items: page.items.map(viewOf), next: page.next };
}

export async function readImportDetail(db: Db, id: string): Promise<ProductImportDetail> {
  const [view, problems, picture_problems] = await Promise.all([
    readImport(db, id),
    listProblems(db, id, 0, SHOWN),
    listPictureProblems(db, id),
  ]);
  const shown = problems.map(({ column_name, ...problem }) => ({
    ...problem,
    column: column_name,
    message: messageOf(problem.code, problem.first_row),
  }));
  return { ...view, problems: shown, picture_problems };
}

export async function cancelImport(deps: ImportDeps, id: string): Promise<ProductImport> {
  return change(deps, id, ["waiting", "running"], "cancelled");
}

export async function resumeImport(deps: ImportDeps, id: string): Promise<ProductImport> {
  const view = await change(deps, id, ["cancelled", "failed"], "waiting");
  deps.bus.wake("imports");
  return view;
}

/** Every row that was not taken, and the pictures that were not, with their reasons, as CSV. Streams. */
export async function* writeProblems(db: Db, id: string): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(["row", "column", "reason", "value"], ",")}`;
  for (let after = 0; ; ) {
    const found = await listProblems(db, id, after, AT_ONCE);
    for (const { row, column_name, code, value, first_row } of found)
      yield csvLine([String(row), column_name ?? "", messageOf(code, first_row), value], ",");
    const last = found.at(-1);
    if (!last || found.length < AT_ONCE) break;
    after = last.row;
  }
  for (const { url, problem } of await listPictureProblems(db, id))
    yield csvLine(["", "image", pictureMessage(problem), url], ",");
}

async function change(
  deps: ImportDeps,
  id: string,
  from: readonly string[],
  to: "waiting" | "cancelled",
): Promise<ProductImport> {
  await readImport(deps.db, id);
  if (!(await changeState(deps.db, id, from, to, deps.clock.now().toString()))) throw refuse("product_import_over");
  deps.bus.changed("product_import", id, ["state"]);
  return readImport(deps.db, id);
}

async function readImport(db: Db, id: string): Promise<ProductImport> {
  const [row] = await listJobs(db, { id, limit: 1 });
  if (!row) throw refuse("product_import_not_found");
  return viewOf(row);
}

function viewOf({ waiting, fetched, failed, ...row }: JobRow): ProductImport {
  return { ...row, pictures: { waiting, done: fetched, failed } };
}
