-- What a buyer says she sends back by post. No free words: whoever it was is told by the order alone.
create table orders.announced_return (
  id uuid primary key,
  order_id uuid not null references orders.book,
  at timestamptz not null,
  withdrawn_at timestamptz
);
create index on orders.announced_return (order_id);

create table orders.announced_return_line (
  announced_id uuid not null references orders.announced_return,
  position int4 not null,
  quantity int4 not null check (quantity > 0),
  -- So many of it were taken back since, by post or in a store.
  received int4 not null default 0 check (received between 0 and quantity),
  reason text not null,
  primary key (announced_id, position)
);
