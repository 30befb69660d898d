create schema orders;

create sequence orders.number start 100001;

create table orders.book (
  id uuid primary key,
  number text not null unique,
  -- Unique for ever: an order told twice by the same system is one order.
  source text not null,
  source_order_id text not null,
  -- The caller's Idempotency-Key, and what was asked under it.
  request_key text,
  request_hash text,
  profile_id uuid,
  anonymous_id text,
  email text,
  -- The buyer had proven who she is (shopper token); else the address is a claim.
  is_proven bool not null,
  cart_id uuid,
  channel text not null check (channel in ('web', 'app', 'store', 'kiosk', 'phone', 'chat', 'voice', 'api')),
  store_id uuid,
  actor text,
  state text not null check (state in ('placed', 'completed', 'cancelled')),
  payment_state text not null check (payment_state in ('pending', 'paid', 'failed', 'voided')),
  fulfilment_state text not null check (fulfilment_state in ('unfulfilled', 'fulfilled', 'cancelled')),
  payment_method text not null,
  payment_reference text,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  total int8 not null check (total >= 0),
  placed_at timestamptz not null,
  paid_at timestamptz,
  -- While the payment is pending: when its hold on the stock ends.
  hold_until timestamptz,
  updated_at timestamptz not null,
  unique (source, source_order_id),
  unique (source, request_key),
  check ((channel = 'store') = (store_id is not null)),
  check ((payment_state = 'pending') = (hold_until is not null)),
  check (payment_state <> 'paid' or paid_at is not null)
);
create index on orders.book (profile_id, id);
-- One checkout of a cart at a time.
create unique index on orders.book (cart_id) where payment_state = 'pending';
create index on orders.book (hold_until) where payment_state = 'pending';

create table orders.line (
  order_id uuid not null references orders.book,
  position int4 not null,
  variant_id uuid not null,
  product_id uuid not null,
  sku text not null,
  title text not null,
  category text not null,
  size text,
  color text,
  image_url text not null,
  unit_price int8 not null check (unit_price >= 0),
  quantity int4 not null check (quantity > 0),
  primary key (order_id, position)
);
