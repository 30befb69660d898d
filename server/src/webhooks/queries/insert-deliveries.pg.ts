import { list, send, sql, type Tx } from "../../platform/db.ts";

export interface NewDelivery {
  readonly id: string;
  readonly type: string;
  /** The segment it is about, for endpoints that hear of some only. */
  readonly segmentId: string | null;
  readonly profileId: string | null;
  readonly happenedAt: string;
  /** JSON */
  readonly data: string;
}

/**
 * One row for each event and each endpoint that wants it; for the disabled, too: what they miss waits. Sent, not waited
 * for. There is no foreign key: a row whose endpoint is removed meanwhile is found by nobody and goes with its age.
 */
export function insertDeliveries(tx: Tx, deliveries: readonly NewDelivery[], now: string): void {
  send(
    tx,
    sql`
    insert into webhooks.deliveries (id, endpoint_id, type, profile_id, happened_at, data, state, due_at)
    select n.id, e.id, n.type, n.profile_id, n.happened_at, n.data::json, 'waiting', ${now}
    from unnest(
      ${column("uuid", deliveries, (one) => one.id)}, ${column("text", deliveries, (one) => one.type)},
      ${column("uuid", deliveries, (one) => one.segmentId)}, ${column("uuid", deliveries, (one) => one.profileId)},
      ${column("timestamptz", deliveries, (one) => one.happenedAt)}, ${column("text", deliveries, (one) => one.data)}
    ) as n (id, type, segment_id, profile_id, happened_at, data)
    join webhooks.endpoints e
      on n.type = any(e.types) and (n.segment_id is null or e.segment_ids is null or n.segment_id = any(e.segment_ids))
    order by n.id, e.id`,
  );
}

function column(
  type: "uuid" | "text" | "timestamptz",
  deliveries: readonly NewDelivery[],
  value: (delivery: NewDelivery) => string | null,
) {
  return list(type, deliveries.map(value));
}
