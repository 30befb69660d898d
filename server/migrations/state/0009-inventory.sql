create schema inventory;

create table inventory.location (
  id uuid primary key,
  kind text not null check (kind in ('web', 'store')),
  name text not null,
  -- The catalogue's store that this location is the stock room of.
  store_id uuid unique,
  -- The web may sell what lies here (a warehouse, or a store that ships).
  web_sellable bool not null,
  -- Web orders take from the lowest number first.
  priority int4 not null,
  check ((kind = 'store') = (store_id is not null))
);

-- Counters of one variant at one location. Written by the trigger on `movement` and by nothing else.
create table inventory.level (
  variant_id uuid not null,
  location_id uuid not null references inventory.location,
  product_id uuid not null,
  on_hand int4 not null default 0 check (on_hand >= 0),
  committed int4 not null default 0 check (committed >= 0),
  reserved int4 not null default 0 check (reserved >= 0),
  safety int4 not null default 0 check (safety >= 0),
  primary key (variant_id, location_id)
);
create index on inventory.level (product_id);

create table inventory.movement (
  id uuid primary key,
  variant_id uuid not null,
  location_id uuid not null references inventory.location,
  product_id uuid not null,
  kind text not null,
  on_hand int4 not null default 0,
  committed int4 not null default 0,
  reserved int4 not null default 0,
  safety int4 not null default 0,
  at timestamptz not null,
  -- What caused it: an order, a delivery note, a count.
  source_type text not null,
  source_id text not null,
  reason text,
  actor text,
  -- Each kind of movement moves its own counters, in its own direction.
  constraint movement_has_its_shape check (
    case kind
      when 'receive' then on_hand > 0 and committed = 0 and reserved = 0 and safety = 0
      when 'return' then on_hand > 0 and committed = 0 and reserved = 0 and safety = 0
      when 'found' then on_hand > 0 and committed = 0 and reserved = 0 and safety = 0 and reason is not null
      when 'adjust' then on_hand <> 0 and committed = 0 and reserved = 0 and safety = 0 and reason is not null
      when 'sale' then on_hand < 0 and committed = 0 and reserved = 0 and safety = 0
      when 'hold' then on_hand = 0 and committed = 0 and reserved > 0 and safety = 0
      when 'release' then on_hand = 0 and committed = 0 and reserved < 0 and safety = 0
      when 'expire' then on_hand = 0 and committed = 0 and reserved < 0 and safety = 0
      when 'commit' then on_hand = 0 and committed > 0 and reserved = -committed and safety = 0
      when 'uncommit' then on_hand = 0 and committed < 0 and reserved = 0 and safety = 0
      when 'hand_over' then on_hand < 0 and committed = on_hand and reserved = 0 and safety = 0
      when 'safety' then on_hand = 0 and committed = 0 and reserved = 0 and safety <> 0
      else false
    end
  )
);
create index on inventory.movement (variant_id, location_id, id);
create index on inventory.movement (source_type, source_id);
-- A delivery told twice is received once.
create unique index one_receipt_per_delivery on inventory.movement (source_type, source_id, variant_id, location_id)
  where kind = 'receive';

-- What is promised to whom: a hold of a checkout (until it expires), then the commitment of a paid order.
create table inventory.allocation (
  owner_id uuid not null,
  variant_id uuid not null,
  location_id uuid not null references inventory.location,
  quantity int4 not null check (quantity > 0),
  state text not null check (state in ('held', 'committed')),
  expires_at timestamptz,
  primary key (owner_id, variant_id, location_id),
  check ((state = 'held') = (expires_at is not null))
);
create index on inventory.allocation (variant_id, location_id) where state = 'held';
create index on inventory.allocation (expires_at) where state = 'held';

-- Goods a till sold although the books said otherwise: somebody has to look.
create table inventory.discrepancy (
  id uuid primary key,
  variant_id uuid not null,
  location_id uuid not null references inventory.location,
  -- not_on_hand: the books had none; promised: it was held or committed for somebody else.
  kind text not null check (kind in ('not_on_hand', 'promised')),
  quantity int4 not null check (quantity > 0),
  source_type text not null,
  source_id text not null,
  opened_at timestamptz not null,
  resolved_at timestamptz
);
create index on inventory.discrepancy (opened_at) where resolved_at is null;

-- Movements are the only writer of the counters: their insert moves them, nothing else may.
create function inventory.apply_movements() returns trigger language plpgsql as $$
begin
  update inventory.level l
  set on_hand = l.on_hand + m.on_hand, committed = l.committed + m.committed,
      reserved = l.reserved + m.reserved, safety = l.safety + m.safety
  from (
    select variant_id, location_id, sum(on_hand)::int4 on_hand, sum(committed)::int4 committed,
           sum(reserved)::int4 reserved, sum(safety)::int4 safety
    from moved group by variant_id, location_id
  ) m
  where l.variant_id = m.variant_id and l.location_id = m.location_id;
  return null;
end $$;
create trigger apply_movements after insert on inventory.movement
  referencing new table as moved for each statement execute function inventory.apply_movements();

create function inventory.refuse_direct_write() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'level' and pg_trigger_depth() > 1 then return new; end if;
  raise exception 'inventory.% is written by movements only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger counters_move_by_movements before update on inventory.level
  for each row execute function inventory.refuse_direct_write();
create trigger counters_start_at_zero before insert on inventory.level
  for each row when (new.on_hand <> 0 or new.committed <> 0 or new.reserved <> 0 or new.safety <> 0)
  execute function inventory.refuse_direct_write();
create trigger movements_are_final before update or delete on inventory.movement
  for each row execute function inventory.refuse_direct_write();
