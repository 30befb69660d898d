-- In which language the buyer is written to; which till sold it, on which of the store's own days.
alter table orders.book
  add column language text,
  add column till text,
  add column business_day date;

-- Letters that wait to be written to somebody: gone as soon as the mail is queued.
create table orders.letter (
  id uuid primary key,
  order_id uuid not null references orders.book,
  fulfilment_id uuid references orders.fulfilment,
  kind text not null check (kind in ('receipt', 'ready', 'reminder')),
  email text not null,
  language text not null,
  -- Who else may fetch it is written to without what was paid.
  is_collector bool not null default false,
  due_at timestamptz not null,
  attempts int4 not null default 0
);
create index on orders.letter (due_at);
create index on orders.letter (order_id);

-- What a payment provider has told us, so that the same notice told again is not worked again.
create table orders.gateway_event (
  id text primary key,
  at timestamptz not null
);
create index on orders.gateway_event (at);

-- What a provider calls a payment leads to its order.
create index on orders.book (payment_reference) where payment_reference is not null;
