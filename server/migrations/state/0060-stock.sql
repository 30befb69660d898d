-- Which channels may sell what lies here, instead of one yes or no for the web.
alter table inventory.location add column channels text[] not null default '{}'
  check (channels <@ array['web', 'app', 'kiosk', 'phone', 'chat', 'voice', 'api']);
update inventory.location set channels = '{web,app,kiosk,phone,chat,voice,api}' where web_sellable;
alter table inventory.location drop column web_sellable;

-- Of what is on hand: what is damaged, and what somebody has yet to look at. Incoming is on its way, not on hand.
alter table inventory.level
  add column damaged int4 not null default 0 check (damaged >= 0),
  add column quality_control int4 not null default 0 check (quality_control >= 0),
  add column incoming int4 not null default 0 check (incoming >= 0);
-- The counters of one row change again and again: room beside it keeps its indexes as they are.
alter table inventory.level set (fillfactor = 50);

alter table inventory.movement
  add column damaged int4 not null default 0,
  add column quality_control int4 not null default 0,
  add column incoming int4 not null default 0,
  -- When the goods moved; `at` is when we were told. A till that was offline tells later.
  add column happened_at timestamptz;
alter table inventory.movement disable trigger movements_are_final;
update inventory.movement set happened_at = at;
alter table inventory.movement enable trigger movements_are_final;
alter table inventory.movement alter column happened_at set not null, add check (happened_at <= at);

alter table inventory.movement drop constraint movement_has_its_shape;
alter table inventory.movement add constraint movement_has_its_shape check (
  case
    when kind in ('receive', 'transfer_in') then on_hand > 0 and incoming in (0, -on_hand)
      and (committed, reserved, safety, damaged, quality_control) = (0, 0, 0, 0, 0)
    when kind = 'return' then on_hand > 0 and (damaged, quality_control) in ((0, 0), (on_hand, 0), (0, on_hand))
      and (committed, reserved, safety, incoming) = (0, 0, 0, 0)
    when kind = 'found' then on_hand > 0 and reason is not null
      and (committed, reserved, safety, damaged, quality_control, incoming) = (0, 0, 0, 0, 0, 0)
    when kind in ('adjust', 'recount') then on_hand <> 0 and reason is not null
      and (committed, reserved, safety, damaged, quality_control, incoming) = (0, 0, 0, 0, 0, 0)
    when kind in ('sale', 'transfer_out') then on_hand < 0
      and (committed, reserved, safety, damaged, quality_control, incoming) = (0, 0, 0, 0, 0, 0)
    when kind = 'hold' then reserved > 0
      and (on_hand, committed, safety, damaged, quality_control, incoming) = (0, 0, 0, 0, 0, 0)
    when kind in ('release', 'expire') then reserved < 0
      and (on_hand, committed, safety, damaged, quality_control, incoming) = (0, 0, 0, 0, 0, 0)
    when kind = 'commit' then committed > 0 and reserved = -committed
      and (on_hand, safety, damaged, quality_control, incoming) = (0, 0, 0, 0, 0)
    when kind = 'uncommit' then committed < 0
      and (on_hand, reserved, safety, damaged, quality_control, incoming) = (0, 0, 0, 0, 0, 0)
    when kind = 'hand_over' then on_hand < 0 and committed = on_hand
      and (reserved, safety, damaged, quality_control, incoming) = (0, 0, 0, 0, 0)
    when kind = 'safety' then safety <> 0
      and (on_hand, committed, reserved, damaged, quality_control, incoming) = (0, 0, 0, 0, 0, 0)
    when kind = 'damage' then damaged <> 0 and reason is not null
      and (on_hand, committed, reserved, safety, quality_control, incoming) = (0, 0, 0, 0, 0, 0)
    when kind = 'check' then quality_control <> 0
      and (on_hand, committed, reserved, safety, damaged, incoming) = (0, 0, 0, 0, 0, 0)
    when kind = 'fail_check' then quality_control < 0 and damaged = -quality_control
      and (on_hand, committed, reserved, safety, incoming) = (0, 0, 0, 0, 0)
    when kind = 'write_off' then on_hand < 0 and damaged = on_hand and reason is not null
      and (committed, reserved, safety, quality_control, incoming) = (0, 0, 0, 0, 0)
    when kind = 'expect' then incoming <> 0
      and (on_hand, committed, reserved, safety, damaged, quality_control) = (0, 0, 0, 0, 0, 0)
    else false
  end
);
-- What changed "on hand", in the order in which it happened: counts and late sales are settled along it.
create index on inventory.movement (variant_id, location_id, happened_at) where on_hand <> 0;

create or replace function inventory.apply_movements() returns trigger language plpgsql as $$
begin
  update inventory.level l
  set on_hand = l.on_hand + m.on_hand, committed = l.committed + m.committed, reserved = l.reserved + m.reserved,
      safety = l.safety + m.safety, damaged = l.damaged + m.damaged,
      quality_control = l.quality_control + m.quality_control, incoming = l.incoming + m.incoming
  from (
    select variant_id, location_id, sum(on_hand)::int4 on_hand, sum(committed)::int4 committed,
           sum(reserved)::int4 reserved, sum(safety)::int4 safety, sum(damaged)::int4 damaged,
           sum(quality_control)::int4 quality_control, sum(incoming)::int4 incoming
    from moved group by variant_id, location_id
  ) m
  where l.variant_id = m.variant_id and l.location_id = m.location_id;
  return null;
end $$;
drop trigger counters_start_at_zero on inventory.level;
create trigger counters_start_at_zero before insert on inventory.level
  for each row when ((new.on_hand, new.committed, new.reserved, new.safety, new.damaged, new.quality_control, new.incoming)
    <> (0, 0, 0, 0, 0, 0, 0))
  execute function inventory.refuse_direct_write();

-- Who holds: an order, or a system that asked for a hold of its own. Only the latter is settled over the API of holds.
alter table inventory.allocation add column owner_type text not null default 'order'
  check (owner_type in ('order', 'hold'));
-- A hot item has thousands of live holds: those that have died are found without reading the others.
drop index inventory.allocation_variant_id_location_id_idx;
create index on inventory.allocation (variant_id, expires_at) where state = 'held';

alter table inventory.discrepancy drop constraint discrepancy_kind_check;
alter table inventory.discrepancy
  add constraint discrepancy_kind_check check (kind in ('not_on_hand', 'promised', 'lost_in_transfer')),
  add column resolved_by text,
  add column resolution text check (length(resolution) between 1 and 500),
  add check ((resolved_at is null) = (resolved_by is null));

-- A variant that is sold as so many of others. It has no stock of its own.
create table inventory.kit_part (
  kit_id uuid not null,
  variant_id uuid not null,
  quantity int4 not null check (quantity between 1 and 1000),
  primary key (kit_id, variant_id),
  check (kit_id <> variant_id)
);
create index on inventory.kit_part (variant_id);

-- What people found when they counted. Told twice by the same document, it is counted once.
create table inventory.count (
  id uuid primary key,
  document text not null,
  location_id uuid not null references inventory.location,
  variant_id uuid not null,
  counted int4 not null check (counted between 0 and 1000000),
  counted_at timestamptz not null,
  -- What the books said for that instant, as far as they knew when the count came.
  booked int4 not null,
  at timestamptz not null,
  actor text,
  unique (location_id, document, variant_id)
);
create index on inventory.count (variant_id, location_id, counted_at);

create table inventory.transfer (
  id uuid primary key,
  sent_from uuid not null references inventory.location,
  sent_to uuid not null references inventory.location,
  state text not null check (state in ('in_transit', 'received', 'cancelled')),
  note text,
  actor text,
  sent_at timestamptz not null,
  ended_at timestamptz,
  check (sent_from <> sent_to),
  check ((state = 'in_transit') = (ended_at is null))
);
create index on inventory.transfer (sent_from, id);
create index on inventory.transfer (sent_to, id);
create table inventory.transfer_line (
  transfer_id uuid not null references inventory.transfer,
  variant_id uuid not null,
  quantity int4 not null check (quantity > 0),
  received int4 not null default 0 check (received between 0 and quantity),
  primary key (transfer_id, variant_id)
);
