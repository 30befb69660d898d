import { findProfile } from "../identity/index.ts";
import type { Db } from "../platform/db.ts";
import { refuseProfile } from "./errors.ts";

/** The profile a reference (`id` or `type:value`) means now; refuses with 404 when there is none. */
export async function requireProfile(db: Db, reference: string): Promise<string> {
  const id = await findProfile(db, reference);
  if (id === null) throw refuseProfile("profile_not_found");
  return id;
}
