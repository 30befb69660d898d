import { JOIN_PERSON, PERSON } from "./person.ts";

/**
 * What was sold and given back, a row each: `at`, `currency`, `channel`, `person`, `is_order` (1 or 0), `amount` (minor
 * units, negative when given back), `is_guest`. An order told twice counts once, a cancelled one not at all. What is
 * given back counts when it comes back, for the channel that sold it. Leans on the skip index events_name.
 */
export const SALES = `
  select at, currency, channel, person, 1 as is_order, amount, is_guest from (
    select source, if(order_id = '', message_id, order_id) as number,
      min(timestamp) as at, argMin(currency, timestamp) as currency, argMin(channel, timestamp) as channel,
      argMin(${PERSON}, timestamp) as person, argMin(revenue_minor, timestamp) as amount,
      argMin(JSONExtractBool(properties, 'guest'), timestamp) as is_guest
    from events ${JOIN_PERSON}
    where name = 'Order Completed' and bot = 0
    group by source, number
  ) as placed
  where (source, number) not in (select source, order_id from events where name = 'Order Cancelled' and bot = 0)
  union all
  select events.timestamp as at, events.currency as currency,
    if(sold.number = '', events.channel, sold.channel) as channel, ${PERSON} as person, 0 as is_order,
    -if(events.revenue_minor = 0, sold.amount, abs(events.revenue_minor)) as amount, false as is_guest
  from events ${JOIN_PERSON}
  left any join (
    select source, order_id as number, argMin(channel, timestamp) as channel, argMin(revenue_minor, timestamp) as amount
    from events where name = 'Order Completed' and bot = 0 and order_id != ''
    group by source, number
  ) as sold on events.source = sold.source and events.order_id = sold.number
  where events.name = 'Order Refunded' and events.bot = 0
    and (events.source, events.order_id) not in (select source, order_id from events where name = 'Order Cancelled' and bot = 0)`;
