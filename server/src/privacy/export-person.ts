import { loadIdentifiersOf } from "../identity/index.ts";
import type { ExportPage, Person } from "../platform/personal-data.ts";
import type { PrivacyDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { placePerson } from "./lock-person.ts";
import { findPerson } from "./request-erasure.ts";

/** Everything held about a person as the text of one JSON document, piece by piece; refuses before its first piece. */
export async function exportPerson(deps: PrivacyDeps, ref: string): Promise<AsyncIterable<string>> {
  const id = await findPerson(deps.db, ref);
  if (id === null) throw refuse("nobody_found");
  const identifiers = await loadIdentifiersOf(deps.db, [id]);
  return write(deps, { ...(await placePerson(deps.db, id)), identifiers });
}

async function* write(deps: PrivacyDeps, person: Person): AsyncGenerator<string> {
  const head = { exported_at: deps.clock.now().toString(), profile_ids: person.profileIds };
  yield `{"exported_at":${JSON.stringify(head.exported_at)},"profile_ids":${JSON.stringify(head.profile_ids)},"data":{`;
  let isFirst = true;
  for (const [name, store] of Object.entries({ ...deps.stores.close, ...deps.stores.distant })) {
    yield `${isFirst ? "" : ","}\n${JSON.stringify(name)}:{`;
    isFirst = false;
    yield* writeKinds(store.exportOf(deps.db, person));
    yield "}";
  }
  yield "}}\n";
}

/** Pages of one kind follow each other: they become one list. */
async function* writeKinds(pages: AsyncIterable<ExportPage>): AsyncGenerator<string> {
  let open: string | null = null;
  for await (const { kind, rows } of pages) {
    if (rows.length === 0) continue;
    const isSame = kind === open;
    if (!isSame) yield `${open === null ? "" : "],"}\n ${JSON.stringify(kind)}:[`;
    open = kind;
    yield (isSame ? ",\n  " : "\n  ") + rows.map((row) => JSON.stringify(row)).join(",\n  ");
  }
  if (open !== null) yield "]";
}
