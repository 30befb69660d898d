import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { Secrets } from "../../platform/secrets.ts";
import { loadShare, type ShareRow } from "./queries/shares.pg.ts";

const PURPOSE = "list-share";

/** What opens a list to whoever holds it. Signed: an id alone, from a log or a guess, opens nothing. */
export function shareToken(secrets: Secrets, shareId: string): string {
  return `ls_${shareId}.${secrets.sign(PURPOSE, shareId)}`;
}

/** The share behind a token, or null when it opens nothing (any more). */
export async function readShare(
  db: Db,
  { clock, secrets }: { readonly clock: Clock; readonly secrets: Secrets },
  token: string,
): Promise<ShareRow | null> {
  const [, id = "", signature = ""] = /^ls_([0-9a-f-]{36})\.([A-Za-z0-9_-]{20,100})$/.exec(token) ?? [];
  if (id === "" || !secrets.isSigned(PURPOSE, id, signature)) return null;
  return (await loadShare(db, id, clock.now().toString())) ?? null;
}
