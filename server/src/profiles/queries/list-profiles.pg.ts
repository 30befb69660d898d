import { type Db, rows, sql } from "../../platform/db.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import type { ProfileListItem } from "../api-shapes.ts";
import { displayName, text } from "../display-name.ts";
import { toFolding, toProfile } from "../stored.ts";
import type { ProfileRow } from "./profile-rows.pg.ts";

/** People, those that came last first; `q` finds parts of name, e-mail, phone and city. Leans on the primary key or search_words. */
export async function listProfiles(db: Db, q: string | undefined, page: PageQuery): Promise<Page<ProfileListItem>> {
  const after = decodeCursor(page.after, 1);
  const words = (q ?? "").toLocaleLowerCase("en").split(/\s+/).filter(Boolean).slice(0, 5);
  const isFound = sql.join(
    words.map((word) => sql`words like ${`%${word.replace(/[\\%_]/g, "\\$&")}%`}`),
    sql` and `,
  );
  const found = await rows(
    db,
    sql<ProfileRow>`
      select id, data from profiles.profiles
      where ${after ? sql`id < ${after[0]}::uuid` : sql`true`}
        and ${words.length > 0 ? sql`id in (select profile_id from profiles.search where ${isFound})` : sql`true`}
      order by id desc limit ${page.limit + 1}`,
  );
  return toPage(found.map(toItem), page.limit, (item) => [item.id]);
}

function toItem(row: ProfileRow): ProfileListItem {
  const { id, computed, traits, first_seen, last_seen } = toProfile(toFolding(row));
  return {
    id,
    name: displayName(traits),
    email: text(traits.email),
    city: text(traits.city),
    avatar_seed: id.slice(-8),
    first_seen: first_seen || null,
    last_seen: last_seen || null,
    orders: computed.orders,
    revenue: computed.currency ? { amount: computed.revenue, currency: computed.currency } : null,
    channels: Object.keys(computed.channels).sort(),
  };
}
