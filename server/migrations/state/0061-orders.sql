-- Fulfilment, payment and what comes back, each on its own axis.
alter table orders.book drop constraint book_payment_state_check, drop constraint book_fulfilment_state_check;
alter table orders.book
  add constraint book_payment_state_check
    check (payment_state in ('pending', 'paid', 'partially_refunded', 'refunded', 'failed', 'voided')),
  add constraint book_fulfilment_state_check
    check (fulfilment_state in ('unfulfilled', 'partially_fulfilled', 'fulfilled', 'cancelled')),
  add column refunded int8 not null default 0,
  add column discount int8 not null default 0 check (discount >= 0),
  add column shipping int8 not null default 0 check (shipping >= 0),
  add column tax int8 not null default 0 check (tax >= 0),
  -- Where it goes, as the buyer said.
  add column address jsonb,
  -- Finds the order from the opaque code on its receipt.
  add column receipt_hash text unique,
  add check (refunded between 0 and total);

alter table orders.line
  add column discount int8 not null default 0 check (discount between 0 and unit_price * quantity),
  add column tax int8 not null default 0 check (tax >= 0),
  -- Never left the house: cancelled, not found, not picked up.
  add column cancelled int4 not null default 0 check (cancelled between 0 and quantity),
  add column returned int4 not null default 0 check (returned between 0 and quantity),
  add check (cancelled + returned <= quantity);

-- So many lines of an order from one place, to the door, to a store, into a locker, or over the counter.
create table orders.fulfilment (
  id uuid primary key,
  order_id uuid not null references orders.book,
  kind text not null check (kind in ('delivery', 'pickup', 'locker', 'counter')),
  location_id uuid not null,
  -- Whose staff prepares it; null for a warehouse.
  store_id uuid,
  state text not null check (state in
    ('planned', 'assigned', 'accepted', 'ready', 'shipped', 'delivered', 'collected', 'rejected', 'expired', 'cancelled')),
  promised_at timestamptz,
  -- When something has to happen by itself: the next store is asked, a reminder goes out, the goods go back on sale.
  due_at timestamptz,
  accepted_at timestamptz,
  ready_at timestamptz,
  is_reminded bool not null default false,
  expires_at timestamptz,
  -- Of the code that hands it over; only while it is ready.
  code_hash text,
  compartment text,
  -- Somebody else who may fetch it.
  collector_name text,
  collector_email text,
  carrier text,
  tracking_number text,
  tracking_url text,
  -- What the carrier last said, by the carrier's own time. It moves nothing else.
  carrier_state text,
  carrier_at timestamptz,
  shipped_at timestamptz,
  delivered_at timestamptz,
  collected_at timestamptz,
  collected_by text,
  ended_reason text,
  actor text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (code_hash is null or state = 'ready'),
  check (kind not in ('pickup', 'locker') or store_id is not null),
  check (due_at is null or state in ('assigned', 'ready'))
);
create index on orders.fulfilment (order_id);
create index on orders.fulfilment (store_id, id) where state in ('assigned', 'accepted', 'ready');
create index on orders.fulfilment (due_at) where due_at is not null;
create unique index one_code_per_store on orders.fulfilment (store_id, code_hash) where code_hash is not null;

create table orders.fulfilment_line (
  fulfilment_id uuid not null references orders.fulfilment on delete cascade,
  position int4 not null,
  variant_id uuid not null,
  quantity int4 not null check (quantity > 0),
  primary key (fulfilment_id, position)
);

create table orders.tracking (
  id uuid primary key,
  fulfilment_id uuid not null references orders.fulfilment,
  state text not null,
  note text,
  at timestamptz not null,
  told_at timestamptz not null,
  -- A carrier tells the same thing more than once.
  unique (fulfilment_id, state, at)
);

-- Wrong codes at a counter, so that nobody tries them all.
create table orders.code_failure (
  store_id uuid not null,
  at timestamptz not null
);
create index on orders.code_failure (store_id, at);

create table orders.payment (
  id uuid primary key,
  order_id uuid not null references orders.book,
  method text not null,
  amount int8 not null check (amount > 0),
  refunded int8 not null default 0,
  reference text,
  captured_at timestamptz not null,
  check (refunded between 0 and amount)
);
create index on orders.payment (order_id);

-- Money that goes back. Written in the transaction that makes it due, carried out outside of any.
create table orders.refund (
  id uuid primary key,
  order_id uuid not null references orders.book,
  -- Null: the payment of an order that came to nothing.
  payment_id uuid references orders.payment,
  method text not null,
  reference text,
  amount int8 not null check (amount > 0),
  currency text not null,
  reason text not null,
  -- The return, cancellation or late payment it is for: once.
  source text not null,
  state text not null check (state in ('pending', 'done', 'failed')),
  attempts int4 not null default 0,
  due_at timestamptz,
  last_error text,
  actor text,
  created_at timestamptz not null,
  done_at timestamptz,
  unique nulls not distinct (source, payment_id),
  check ((state = 'pending') = (due_at is not null))
);
create index on orders.refund (order_id);
create index on orders.refund (due_at) where due_at is not null;

create table orders.return (
  id uuid primary key,
  number text not null unique,
  order_id uuid not null references orders.book,
  channel text not null check (channel in ('store', 'post')),
  location_id uuid not null,
  refund int8 not null check (refund >= 0),
  -- Why it was taken back although the time was over.
  override text,
  actor text,
  at timestamptz not null
);
create index on orders.return (order_id);
create sequence orders.return_number start 10001;

create table orders.return_line (
  return_id uuid not null references orders.return,
  position int4 not null,
  quantity int4 not null check (quantity > 0),
  condition text not null check (condition in ('sellable', 'damaged', 'check')),
  reason text,
  refund int8 not null check (refund >= 0),
  primary key (return_id, position, condition)
);

-- One row: how orders are routed, promised, kept and taken back.
create table orders.policy (
  one bool primary key default true check (one),
  rules jsonb not null
);

-- What was ordered before: over the counter, or from the places its stock is committed at.
insert into orders.payment (id, order_id, method, amount, reference, captured_at)
select id, id, payment_method, total, payment_reference, paid_at from orders.book where payment_state = 'paid' and total > 0;
insert into orders.fulfilment (id, order_id, kind, location_id, store_id, state, collected_at, shipped_at, created_at, updated_at)
select b.id, b.id, case when b.channel = 'store' then 'counter' else 'delivery' end,
  coalesce(
    (select a.location_id from inventory.allocation a where a.owner_id = b.id order by a.location_id limit 1),
    (select p.id from inventory.location p where p.store_id is not distinct from b.store_id order by p.priority limit 1)),
  b.store_id,
  case when b.channel = 'store' then 'collected' when b.fulfilment_state = 'fulfilled' then 'shipped'
    when b.state = 'cancelled' then 'cancelled' when b.payment_state = 'pending' then 'planned' else 'accepted' end,
  case when b.channel = 'store' then b.paid_at end,
  case when b.channel <> 'store' and b.fulfilment_state = 'fulfilled' then b.updated_at end,
  b.placed_at, b.updated_at
from orders.book b where exists (select 1 from inventory.location);
insert into orders.fulfilment_line
select order_id, position, variant_id, quantity from orders.line where exists (select 1 from inventory.location);
