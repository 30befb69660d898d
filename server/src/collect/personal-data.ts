import { zstdDecompressSync } from "node:zlib";

import { type Db, list, one, rows, sql } from "../platform/db.ts";
import { affected, type DistantData, namesOf, type Person } from "../platform/personal-data.ts";
import type { KilimEvent } from "./contracts.ts";
import { eraseRejections, exportRejections } from "./rejections/rejections-of.ts";

export type IsEventOf = (event: KilimEvent, person: Person) => Promise<boolean>;

const PAGE = 500;

/** Events that were set aside. What waits in the inbox is dropped when it is worked; it is waited for. */
export function personalData(isEventOf: IsEventOf): DistantData {
  return {
    async erase(db, person, { inbox, at }) {
      if (await one(db, sql`select 1 from collect.inbox where seq <= ${inbox} limit 1`)) return null;
      let quarantined = 0;
      for await (const page of quarantineOf(db, person, isEventOf, at))
        quarantined += await affected(
          db,
          sql`delete from collect.quarantine where id = any(${list(
            "uuid",
            page.map(({ id }) => id),
          )})`,
        );
      return { removed: { quarantined, rejections: await eraseRejections(db, person, at) } };
    },
    async *exportOf(db, person) {
      for await (const page of quarantineOf(db, person, isEventOf))
        if (page.length > 0) yield { kind: "quarantined_events", rows: page };
      yield* exportRejections(db, person);
    },
  };
}

interface QuarantineRow {
  readonly id: string;
  readonly at: string;
  readonly stage: string;
  readonly event: KilimEvent | null;
  readonly raw: string | null;
}

/** Page by page those set aside that are about the person and were received by then. */
async function* quarantineOf(
  db: Db,
  person: Person,
  isEventOf: IsEventOf,
  until = "9999",
): AsyncGenerator<QuarantineRow[]> {
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const page: QuarantineRow[] = await rows(
      db,
      sql<QuarantineRow>`
        select id, at, stage, event, raw from collect.quarantine where id > ${after} order by id limit ${PAGE}`,
    );
    const mine: QuarantineRow[] = [];
    for (const row of page) {
      const { event, raw } = row;
      const isMine = event === null ? isNamedIn(readRaw(raw ?? ""), person) : await isEventOf(event, person);
      if (isMine && (event?.receivedAt ?? "") <= until) mine.push(row);
    }
    yield mine;
    const last = page.at(-1);
    if (page.length < PAGE || !last) return;
    after = last.id;
  }
}

/** What is no event any more is searched as text. */
function isNamedIn(text: string, person: Person): boolean {
  const lower = text.toLowerCase();
  return namesOf(person).some((name) => lower.includes(name));
}

function readRaw(raw: string): string {
  const bytes = Buffer.from(raw, "base64");
  try {
    return zstdDecompressSync(bytes).toString("utf8");
  } catch {
    return bytes.toString("utf8");
  }
}
