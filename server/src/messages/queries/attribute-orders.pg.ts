import { list, send, sql, type Tx } from "../../platform/db.ts";

export interface OrderNews {
  readonly profileId: string;
  readonly orderId: string;
  readonly at: string;
  readonly since: string;
}

/** One message per order, and the first order a message led to. Leans on messages_profile. */
export function attributeOrders(tx: Tx, orders: readonly OrderNews[]): void {
  const column = (key: keyof OrderNews) => orders.map((order) => order[key]);
  send(
    tx,
    sql`
    update messages.messages m set ordered_at = hit.at, order_id = hit.order_id
    from (
      select distinct on (message.id) message.id, o.order_id, o.at
      from unnest(${list("uuid", column("profileId"))}, ${list("text", column("orderId"))},
                  ${list("timestamptz", column("at"))}, ${list("timestamptz", column("since"))})
           as o (profile_id, order_id, at, since)
      cross join lateral (
        select id from messages.messages
        where profile_id = o.profile_id and status = 'sent' and purpose = 'marketing'
          and coalesce(clicked_at, sent_at) >= o.since and sent_at <= o.at
        order by (clicked_at is not null and clicked_at <= o.at) desc, coalesce(clicked_at, sent_at) desc limit 1
      ) as message
      order by message.id, o.at
    ) as hit
    where m.id = hit.id and m.ordered_at is null`,
  );
}
