import { findSuppressedPerson, liftSuppression, readSuppressedPeople } from "../identity/index.ts";
import { decodeCursor, type PageQuery, toPage } from "../platform/pages.ts";
import type { PrivacyDeps } from "./deps.ts";
import { refuse } from "./errors.ts";

/** Whom nothing is kept of: counts and times, for nobody can tell any more who they are. */
export async function listSuppressed({ db }: PrivacyDeps, query: PageQuery) {
  const after = decodeCursor(query.after, 1);
  const { people, dropped } = await readSuppressedPeople(db, after ? String(after[0]) : null, query.limit);
  return { ...toPage(people, query.limit, (person) => [person.id]), dropped_events: dropped };
}

export async function lookUpSuppressed({ db, secrets }: PrivacyDeps, identifier: { type: string; value: string }) {
  return { person: await findSuppressedPerson(db, secrets, identifier) };
}

/** The person may come back; what comes from now on makes a new profile. */
export async function liftSuppressed({ db, bus }: PrivacyDeps, id: string) {
  const lifted = await liftSuppression(db, id);
  if (lifted === 0) throw refuse("not_suppressed");
  bus.changed("erasure", id, ["suppression"]);
  return { lifted };
}
