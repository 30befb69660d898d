import { type Db, inTransaction, list, one, rows, sql } from "../db.ts";
import type { Secrets } from "../secrets.ts";

/** Where sealed texts lie for as long as what they belong to; each room names its own. */
export interface SealedPlace {
  readonly name: string;
  /** How many rows hold a text that another key than the newest has sealed. */
  count(db: Db, secrets: Secrets): Promise<number>;
  /** Seals the texts of the next rows after `after` by the newest key; gives where to go on, null at the end. */
  reseal(db: Db, secrets: Secrets, after: string | null): Promise<string | null>;
}

/** Rows per transaction. */
const PAGE = 200;

interface SealedRow {
  readonly id: string;
  readonly sealed: string;
}

/** A column of a table whose key is `id`. A text that somebody has changed meanwhile is left to them. */
export function sealedColumn(of: {
  readonly table: string;
  readonly column: string;
  readonly purpose: string;
}): SealedPlace {
  const [table, column] = [sql.raw(of.table), sql.raw(of.column)];
  const isOlder = (mark: string) =>
    mark === "" ? sql`strpos(${column}, '.') > 0` : sql`${column} is not null and not starts_with(${column}, ${mark})`;
  return {
    name: `${of.table}.${of.column}`,
    async count(db, { sealMark }) {
      const found = await one(
        db,
        sql<{ n: number }>`select count(*)::int4 as n from ${table} where ${isOlder(sealMark)}`,
      );
      return found?.n ?? 0;
    },
    reseal: (db, secrets, after) =>
      inTransaction(db, async (tx) => {
        const page = await rows(
          tx,
          sql<SealedRow>`
            select id::text, ${column} as sealed from ${table}
            where ${isOlder(secrets.sealMark)} and ${after === null ? sql`true` : sql`id::text > ${after}`}
            order by id::text limit ${PAGE} for update`,
        );
        const anew = page.flatMap(({ id, sealed }) => {
          const text = secrets.unseal(of.purpose, sealed);
          return text === null ? [] : [{ id, sealed: secrets.seal(of.purpose, text) }];
        });
        if (anew.length > 0)
          await sql`
            update ${table} t set ${column} = anew.sealed
            from unnest(${list(
              "text",
              anew.map(({ id }) => id),
            )}, ${list(
              "text",
              anew.map(({ sealed }) => sealed),
            )}) as anew (id, sealed)
            where t.id::text = anew.id`.execute(tx);
        return page.length === PAGE ? (page.at(-1)?.id ?? null) : null;
      }),
  };
}
