import { list, sql } from "../platform/db.ts";
import { affected, type PersonalData, readPages } from "../platform/personal-data.ts";

/** What was told of a person, sent or not. What a receiver keeps is the receiver's. */
export const personalData: PersonalData = {
  async erase(tx, { profileIds }) {
    const deliveries = await affected(
      tx,
      sql`delete from webhooks.deliveries where profile_id = any(${list("uuid", profileIds)})`,
    );
    return { removed: { deliveries } };
  },
  async *exportOf(db, { profileIds }) {
    yield* readPages(
      db,
      "webhook_deliveries",
      sql`select d.id || ':' || d.endpoint_id as key,
            jsonb_build_object('type', d.type, 'at', d.happened_at, 'data', d.data, 'state', d.state,
              'receiver', (select url from webhooks.endpoints e where e.id = d.endpoint_id)) as row
          from webhooks.deliveries d where d.profile_id = any(${list("uuid", profileIds)})`,
    );
  },
};
