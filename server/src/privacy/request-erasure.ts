import { findProfile, loadIdentifiersOf, readReference } from "../identity/index.ts";
import type { Db } from "../platform/db.ts";
import { isUuid, newId } from "../platform/ids.ts";
import type { Principal } from "../platform/principal.ts";
import { loadProfiles } from "../profiles/index.ts";
import type { Receipt } from "./contracts.ts";
import type { PrivacyDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { insertErasure } from "./queries/erasures.pg.ts";
import { readErasure } from "./read-erasures.ts";
import { sealSubject } from "./subject.ts";

export interface ErasureRequest {
  readonly ref: string;
  readonly suppress: boolean;
  readonly by: string;
}

/** Writes the erasure down; the worker does it. Somebody nobody knows can still be suppressed before he comes. */
export async function requestErasure(deps: PrivacyDeps, { ref, suppress, by }: ErasureRequest): Promise<Receipt> {
  const profileId = await findPerson(deps.db, ref);
  // Somebody who is erased meanwhile, or was never here, is kept out all the same.
  const named = suppress && !isUuid(ref) ? readReference(ref) : null;
  if (profileId === null && named === null) throw refuse("nobody_found");
  const id = newId(deps.clock);
  const person = {
    profileIds: profileId === null ? [] : [profileId],
    identifiers: named ? [named] : [],
    under: [],
    guests: [],
  };
  await insertErasure(deps.db, {
    id,
    now: deps.clock.now().toString(),
    by,
    suppress,
    subject: sealSubject(deps.secrets, person),
  });
  deps.bus.wake("timers");
  deps.bus.changed("erasure", id, ["requested"]);
  return readErasure(deps, id);
}

/** The profile a reference means; null when nothing is known of it. */
export async function findPerson(db: Db, ref: string): Promise<string | null> {
  const id = await findProfile(db, ref);
  if (id === null || !isUuid(ref)) return id;
  if ((await loadProfiles(db, [id])).has(id)) return id;
  return (await loadIdentifiersOf(db, [id])).length > 0 ? id : null;
}

export function nameOf(principal: Principal): string {
  return principal.kind === "staff" ? principal.name : "api";
}
