import { inTransaction, list, one, rows, sql } from "./db.ts";
import { IDEMPOTENCY_SEAL } from "./idempotency.ts";
import type { SealedPlace } from "./sealing/sealed-place.ts";

const PAGE = 200;

interface AnswerRow {
  readonly scope: string;
  readonly key: string;
  readonly response: string;
}

const isOlder = (mark: string) =>
  mark === "" ? sql`strpos(response, '.') > 0` : sql`response is not null and not starts_with(response, ${mark})`;

/** Answers that are kept for their Idempotency-Key: whoever calls again within the day hears the same, whatever seals. */
export const sealedAnswers: SealedPlace = {
  name: "platform.idempotency.response",
  async count(db, { sealMark }) {
    const found = await one(
      db,
      sql<{ n: number }>`select count(*)::int4 as n from platform.idempotency where ${isOlder(sealMark)}`,
    );
    return found?.n ?? 0;
  },
  reseal: (db, secrets, after) =>
    inTransaction(db, async (tx) => {
      const [scope, key] = after === null ? ["", ""] : (JSON.parse(after) as [string, string]);
      const page = await rows(
        tx,
        sql<AnswerRow>`
          select scope, key, response from platform.idempotency
          where ${isOlder(secrets.sealMark)} and (scope, key) > (${scope}, ${key})
          order by scope, key limit ${PAGE} for update`,
      );
      const anew = page.flatMap((row) => {
        const text = secrets.unseal(IDEMPOTENCY_SEAL, row.response);
        return text === null ? [] : [{ ...row, response: secrets.seal(IDEMPOTENCY_SEAL, text) }];
      });
      const of = (name: keyof AnswerRow) =>
        list(
          "text",
          anew.map((row) => row[name]),
        );
      if (anew.length > 0)
        await sql`
          update platform.idempotency i set response = a.response
          from unnest(${of("scope")}, ${of("key")}, ${of("response")}) as a (scope, key, response)
          where i.scope = a.scope and i.key = a.key`.execute(tx);
      const last = page.at(-1);
      return page.length === PAGE && last ? JSON.stringify([last.scope, last.key]) : null;
    }),
};
