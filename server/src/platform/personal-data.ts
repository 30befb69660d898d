import type { RawBuilder } from "kysely";

import { type Db, rows, sql, type Tx } from "./db.ts";

/** A person as rooms are asked to erase or to show them. */
export interface Person {
  /** The id that lives, and every id that was merged into it. */
  readonly profileIds: readonly string[];
  /** Everything that leads to the person. Empty when a close store is looked at again: it may lead to somebody new then. */
  readonly identifiers: readonly { readonly type: string; readonly value: string }[];
  /** Others' ids under which events of hers stand, and others whose events stand under hers: they were one for a while. */
  readonly under: readonly string[];
  readonly guests: readonly string[];
}

/** What was done, by kind of row. */
export interface Erased {
  readonly removed: Readonly<Record<string, number>>;
  /** Rows that stay, without anything personal in them. */
  readonly kept?: Readonly<Record<string, number>>;
}

/** A room's part in erasure and export: everything it holds of people, and nothing else. */
export interface PersonalData {
  /** Takes the person out, in the transaction that holds the locks on profile and identifiers. */
  erase(tx: Tx, person: Person): Promise<Erased>;
  /** Kind by kind, in pages, so that a long life fits into little memory. */
  exportOf(db: Db, person: Person): AsyncIterable<ExportPage>;
}

/** What was under way when a person was erased: the last ids that inbox and outbox had given out. */
export interface Marks {
  /** When that was; whoever comes under the same identifiers later is somebody new. */
  readonly at: string;
  readonly inbox: number;
  readonly outbox: number;
}

/** A store that is too slow for the locks, worked afterwards: nothing new of the person can come into it any more. */
export interface DistantData extends Pick<PersonalData, "exportOf"> {
  /** Null while something that was under way has not arrived yet: ask again soon. Asked once more minutes later. */
  erase(db: Db, person: Person, marks: Marks): Promise<Erased | null>;
}

export interface ExportPage {
  readonly kind: string;
  readonly rows: readonly unknown[];
}

/** Values of the given types, e.g. all e-mail addresses. */
export function valuesOf({ identifiers }: Person, ...types: readonly string[]): string[] {
  return identifiers.filter(({ type }) => types.includes(type)).map(({ value }) => value);
}

/** Shorter values would be found in strangers' texts, too. */
const LONG_ENOUGH = 6;

/** What tells in free text that it is about the person, in lower case. */
export function namesOf({ profileIds, identifiers }: Person): string[] {
  const values = identifiers.map(({ value }) => value.toLowerCase());
  return [...profileIds, ...values.filter((value) => value.length >= LONG_ENOUGH)];
}

const PAGE = 500;

/** The rows of a query in the order of their `key`, page by page; a kind without rows is left out. */
export async function* readPages(
  db: Db,
  kind: string,
  query: RawBuilder<{ readonly key: string; readonly row: unknown }>,
): AsyncGenerator<ExportPage> {
  for (let after = ""; ; ) {
    const found = await rows(
      db,
      sql<{ key: string; row: unknown }>`
        select key, row from (${query}) as q where key > ${after} order by key limit ${PAGE}`,
    );
    if (found.length > 0) yield { kind, rows: found.map(({ row }) => row) };
    if (found.length < PAGE) return;
    after = found.at(-1)?.key ?? "";
  }
}

/** Runs a delete or an update; how many rows it took. */
export async function affected(tx: Db, query: RawBuilder<unknown>): Promise<number> {
  return Number((await query.execute(tx)).numAffectedRows ?? 0);
}
