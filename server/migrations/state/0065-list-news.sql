-- What is known of each listed variant, to tell when it runs low, comes back or costs less.
create table lists.watched_variant (
  variant_id uuid primary key,
  price int8 not null,
  currency text not null,
  -- Null until it was looked at.
  stock text check (stock in ('out', 'low', 'in')),
  checked_at timestamptz
);

-- Something to tell to everybody who has the variant on a list, worked through page by page.
create table lists.news (
  id uuid primary key,
  variant_id uuid not null,
  kind text not null check (kind in ('low', 'back', 'price')),
  facts jsonb not null,
  after_list uuid,
  after_item uuid,
  created_at timestamptz not null
);
