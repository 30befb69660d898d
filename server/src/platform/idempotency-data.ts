import { type Db, rows, sql } from "./db.ts";
import { IDEMPOTENCY_SEAL } from "./idempotency.ts";
import { affected, type DistantData, namesOf, type Person } from "./personal-data.ts";
import type { Secrets } from "./secrets.ts";

const PAGE = 500;

/** Kept answers to calls that were about the person; the others go by themselves within a day. */
export function idempotencyData(secrets: Secrets): DistantData {
  return {
    async erase(db, person, { at }) {
      let answers = 0;
      for await (const { scope, key } of answersOf(db, secrets, person, at))
        answers += await affected(db, sql`delete from platform.idempotency where scope = ${scope} and key = ${key}`);
      return { removed: { answers } };
    },
    // Copies of what the rooms tell themselves.
    async *exportOf() {},
  };
}

interface AnswerRow {
  readonly scope: string;
  readonly key: string;
  readonly response: string | null;
}

async function* answersOf(db: Db, secrets: Secrets, person: Person, until: string): AsyncGenerator<AnswerRow> {
  const names = namesOf(person);
  let after: AnswerRow | null = null;
  do {
    const page: AnswerRow[] = await rows(
      db,
      sql<AnswerRow>`
        select scope, key, response from platform.idempotency
        where created_at <= ${until} and ${after ? sql`(scope, key) > (${after.scope}, ${after.key})` : sql`true`}
        order by scope, key limit ${PAGE}`,
    );
    for (const row of page) {
      const answer = row.response === null ? "" : (secrets.unseal(IDEMPOTENCY_SEAL, row.response) ?? "");
      const text = `${row.scope} ${row.key} ${answer}`.toLowerCase();
      if (names.some((name) => text.includes(name))) yield row;
    }
    after = page.length === PAGE ? (page.at(-1) ?? null) : null;
  } while (after);
}
