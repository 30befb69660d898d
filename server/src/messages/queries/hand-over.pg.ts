import { type Db, list, rows, sql } from "../../platform/db.ts";

export interface HandOver {
  readonly id: string;
  readonly claim: string;
  readonly address: string;
  readonly language: string | null;
  readonly templateVersion: number | null;
}

/**
 * The last step before the provider: gives the ids of the messages whose claim still holds and that nobody has
 * cancelled or held since. From here on the outcome is the provider's. Leans on the primary key.
 */
export async function handOver(db: Db, messages: readonly HandOver[], now: string): Promise<Set<string>> {
  if (messages.length === 0) return new Set();
  const column = <K extends keyof HandOver>(key: K) => messages.map((message) => message[key]);
  const handed = await rows(
    db,
    sql<{ id: string }>`
      update messages.messages m
      set handed_at = ${now}, address = given.address, language = given.language,
          template_version = given.template_version
      from unnest(${list("uuid", column("id"))}, ${list("uuid", column("claim"))}, ${list("text", column("address"))},
                  ${list("text", column("language"))}, ${list("int4", column("templateVersion"))})
        as given (id, claim, address, language, template_version)
      where m.id = given.id and m.claim = given.claim and m.status = 'sending' and m.cancel_reason is null and not m.held
      returning m.id`,
  );
  return new Set(handed.map(({ id }) => id));
}
