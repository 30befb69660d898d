import { type Db, rows, sql } from "../../platform/db.ts";
import type { Breach } from "../contracts.ts";

/** Every counter that is not the sum of its movements, or of the promises it stands for. Empty is right. */
export function findBreaches(db: Db): Promise<Breach[]> {
  return rows(
    db,
    sql<Breach>`
      with moved as (
        select variant_id, location_id, sum(on_hand)::int4 on_hand, sum(committed)::int4 committed,
               sum(reserved)::int4 reserved, sum(safety)::int4 safety, sum(damaged)::int4 damaged,
               sum(quality_control)::int4 quality_control, sum(incoming)::int4 incoming
        from inventory.movement group by 1, 2),
      promised as (
        select variant_id, location_id,
               coalesce(sum(quantity) filter (where state = 'held'), 0)::int4 held,
               coalesce(sum(quantity) filter (where state = 'committed'), 0)::int4 committed
        from inventory.allocation group by 1, 2),
      under_way as (
        select n.variant_id, t.sent_to as location_id, sum(n.quantity - n.received)::int4 sent
        from inventory.transfer t join inventory.transfer_line n on n.transfer_id = t.id
        where t.state = 'in_transit' group by 1, 2),
      compared as (
        select variant_id, location_id, c.counter, c.kept, c.counted
        from inventory.level l
        full join moved m using (variant_id, location_id)
        full join promised p using (variant_id, location_id)
        full join under_way u using (variant_id, location_id)
        cross join lateral (values
          ('on_hand', coalesce(l.on_hand, 0), coalesce(m.on_hand, 0)),
          ('committed', coalesce(l.committed, 0), coalesce(m.committed, 0)),
          ('reserved', coalesce(l.reserved, 0), coalesce(m.reserved, 0)),
          ('safety', coalesce(l.safety, 0), coalesce(m.safety, 0)),
          ('damaged', coalesce(l.damaged, 0), coalesce(m.damaged, 0)),
          ('quality_control', coalesce(l.quality_control, 0), coalesce(m.quality_control, 0)),
          ('incoming', coalesce(l.incoming, 0), coalesce(m.incoming, 0)),
          ('held rows', coalesce(l.reserved, 0), coalesce(p.held, 0)),
          ('committed rows', coalesce(l.committed, 0), coalesce(p.committed, 0)),
          -- What was announced by hand comes on top of the transfers.
          ('incoming rows', least(coalesce(l.incoming, 0), coalesce(u.sent, 0)), coalesce(u.sent, 0)))
          as c (counter, kept, counted))
      select * from compared where kept <> counted order by variant_id, location_id, counter`,
  );
}
