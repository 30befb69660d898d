import { type Db, rows, sql } from "../../platform/db.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import type { ProfileListItem } from "../api-shapes.ts";
import { displayName, text } from "../display-name.ts";
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
    sql<Omit<ProfileRow, "consent">>`
      select id, traits, computed, first_seen, last_seen from profiles.profiles
      where ${after ? sql`id < ${after[0]}::uuid` : sql`true`}
        and ${words.length > 0 ? sql`id in (select profile_id from profiles.search where ${isFound})` : sql`true`}
      order by id desc limit ${page.limit + 1}`,
  );
  return toPage(found.map(toItem), page.limit, (item) => [item.id]);
}

function toItem(row: Omit<ProfileRow, "consent">): ProfileListItem {
  const { computed, traits } = row;
  return {
    id: row.id,
    name: displayName(traits),
    email: text(traits.email),
    city: text(traits.city),
    avatar_seed: row.id.slice(-8),
    first_seen: row.first_seen,
    last_seen: row.last_seen,
    orders: computed.orders ?? 0,
    revenue: computed.currency ? { amount: computed.revenue, currency: computed.currency } : null,
    channels: Object.keys(computed.channels ?? {}).sort(),
  };
}
