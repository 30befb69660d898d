import type { History } from "../../platform/history.ts";
import type { PastRow } from "../past-event.ts";

export interface FamilyEventsQuery {
  /** Whose events, and under which ids they stand. */
  readonly family: readonly string[];
  readonly places: readonly string[];
  /** Shipped batches up to this one … */
  readonly upTo: number;
  /** … but these, which were still on their way when somebody looked. */
  readonly except: readonly number[];
}

const PAGE = 10_000;

/** All events of a person in the order they came in, page by page, however many there are. Leans on the order by profile. */
export async function* readFamilyEvents(history: History, query: FamilyEventsQuery): AsyncGenerator<PastRow[]> {
  let after = { batch: 0, source: "", id: "" };
  for (;;) {
    const page = await history.query<PastRow>(
      `select profile_id, person_id, timestamp, message_id, source, type, name, channel, touchpoint, historical,
         received_at, user_id, anonymous_id, properties, traits, context, batch, verified
       from events
       where profile_id in {places:Array(UUID)} and person_id in {family:Array(UUID)} and batch <= {upTo:UInt64}
         and batch not in {except:Array(UInt64)}
         and (batch, source, message_id) > ({batch:UInt64}, {source:String}, {id:String})
       order by batch, source, message_id limit ${PAGE}`,
      { ...query, ...after },
    );
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = { batch: Number(last.batch), source: last.source, id: last.message_id };
  }
}
