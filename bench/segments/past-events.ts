import type pg from "pg";

import type { History } from "../../server/src/platform/history.ts";

const IDS_AT_ONCE = 50_000;

/** Writes `count` events of the last 90 days into History, spread evenly over the known people, as if shipped long ago. */
export async function writePastEvents(state: pg.Client, history: History, count: number): Promise<void> {
  const { rows } = await state.query<{ profile_id: string }>("select profile_id from segments.people");
  const perPerson = Math.max(1, Math.round(count / rows.length));
  await history.command("create table bench_people (id UUID) engine = Memory");
  for (let from = 0; from < rows.length; from += IDS_AT_ONCE) {
    const ids = rows.slice(from, from + IDS_AT_ONCE).map(({ profile_id }) => ({ id: profile_id }));
    await history.insert("bench_people", ids);
  }
  for (let n = 0; n < perPerson; n++) await history.command(ONE_EACH, { n, share: (n + 0.5) / perPerson });
  await history.command("drop table bench_people");
}

/** One event of everybody: `share` says how far through the mix of a shop's events, and each a little apart. */
const ONE_EACH = `
  insert into events (profile_id, person_id, timestamp, message_id, source, type, name, channel, received_at, properties, batch)
  select id, id,
    now64(3) - toIntervalSecond(cityHash64(id, {n:UInt32}, 1) % (90 * 86400)) as at,
    concat('past-', toString({n:UInt32}), '-', toString(id)), 'bench', 'track',
    multiIf(rand < 50, 'Product Viewed', rand < 75, 'Product List Viewed', rand < 90, 'Product Added', rand < 96, 'Checkout Started', 'Order Completed'),
    'web', at,
    concat('{"product_id":"p-', toString(rand), '","category":"category-', toString(rand % 12),
      '","price":49.9,"revenue":', toString(20 + rand), ',"currency":"EUR"}'),
    0
  from (select id, cityHash64(id, {n:UInt32}, {share:Float64}) % 100 as rand from bench_people)`;
