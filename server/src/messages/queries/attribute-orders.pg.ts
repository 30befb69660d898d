import { list, rows, sql, type Tx } from "../../platform/db.ts";
import { VISITED, type VisitedMessage } from "./record-visit.pg.ts";

export interface OrderNews {
  readonly profileId: string;
  readonly orderId: string;
  readonly at: string;
  readonly since: string;
  readonly revenue: number;
  readonly currency: string;
}

export interface Hit extends VisitedMessage {
  readonly order_id: string;
  readonly revenue_minor: number;
  readonly currency: string;
}

/** One message per order, and the first order a message led to; gives the messages. Leans on messages_profile. */
export async function attributeOrders(tx: Tx, orders: readonly OrderNews[]): Promise<Hit[]> {
  const column = (key: keyof OrderNews) => orders.map((order) => order[key]);
  return rows(
    tx,
    sql<Hit>`
    update messages.messages m
    set ordered_at = hit.at, order_id = hit.order_id, revenue_minor = hit.revenue, currency = hit.currency
    from (
      select distinct on (message.id) message.id, o.order_id, o.at, o.revenue, o.currency
      from unnest(${list("uuid", column("profileId"))}, ${list("text", column("orderId"))},
                  ${list("timestamptz", column("at"))}, ${list("timestamptz", column("since"))},
                  ${list("int8", column("revenue"))}, ${list("text", column("currency"))})
           as o (profile_id, order_id, at, since, revenue, currency)
      cross join lateral (
        select id from messages.messages
        where profile_id = o.profile_id and status = 'sent' and purpose = 'marketing'
          and coalesce(clicked_at, sent_at) >= o.since and sent_at <= o.at
        order by (clicked_at is not null and clicked_at <= o.at) desc, coalesce(clicked_at, sent_at) desc limit 1
      ) as message
      order by message.id, o.at
    ) as hit
    where m.id = hit.id and m.ordered_at is null
    returning ${VISITED}, m.order_id, m.revenue_minor, m.currency`,
  );
}
