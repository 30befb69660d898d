alter table catalog.product
  -- The retailer's own name of it: a handle, an item group. What imports know it by.
  add column code text unique check (code <> '' and length(code) <= 200),
  -- Where its page is when it is not in our shop.
  add column url text,
  add column materials text[] not null default '{}',
  -- { width_mm, depth_mm, height_mm, weight_g }, each may be absent.
  add column dimensions jsonb,
  -- The first of its photos; null where it is drawn.
  add column photo_id uuid,
  -- Published reviews, and the sum of their ratings.
  add column reviews int4 not null default 0,
  add column stars int4 not null default 0,
  -- The transaction that last changed it or anything below it. Search reads what its snapshot did not have.
  add column changed_in xid8 not null default pg_current_xact_id();
create index product_changed on catalog.product (changed_in);

alter table catalog.variant
  add column was int8 check (was > price),
  add column dimensions jsonb,
  add column photo_id uuid,
  add column archived_at timestamptz;

-- What a variant costs in other currencies, or in one region; without such a row its own price holds.
create table catalog.price (
  variant_id uuid not null references catalog.variant,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- A country or a part of one (ISO 3166); empty: everywhere.
  region text not null default '' check (region ~ '^([A-Z]{2}(-[A-Z0-9]{1,3})?)?$'),
  amount int8 not null check (amount >= 0),
  was int8 check (was > amount),
  primary key (variant_id, currency, region)
);

create table catalog.photo (
  id uuid primary key,
  product_id uuid not null references catalog.product,
  -- Of one variant and those of its colour; null: of the product.
  variant_id uuid references catalog.variant,
  -- Of the bytes as they came: the same picture is kept once per product.
  sha256 text not null,
  alt text not null default '',
  width int4 not null,
  height int4 not null,
  position int4 not null,
  created_at timestamptz not null,
  unique (product_id, sha256)
);
create index on catalog.photo (product_id, position);

-- The pixels, encoded anew: nothing else of the file that came. JPEG resists compression.
create table catalog.photo_file (
  photo_id uuid not null references catalog.photo on delete cascade,
  width int4 not null,
  content bytea not null,
  primary key (photo_id, width)
);
alter table catalog.photo_file alter column content set storage external;

create table catalog.relation (
  product_id uuid not null references catalog.product,
  kind text not null check (kind in ('related', 'complementary')),
  other_id uuid not null references catalog.product check (other_id <> product_id),
  position int4 not null,
  primary key (product_id, kind, other_id)
);

create table catalog.review (
  id uuid primary key,
  product_id uuid not null references catalog.product,
  profile_id uuid not null,
  -- Who she was when she wrote it: a separation gives it back.
  written_by uuid not null,
  rating int2 not null check (rating between 1 and 5),
  title text not null,
  body text not null,
  -- How she wants to be called beside it.
  author text not null,
  language text not null,
  is_verified boolean not null,
  state text not null check (state in ('pending', 'published', 'rejected', 'superseded')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  decided_by text,
  decided_at timestamptz
);
create unique index review_one on catalog.review (product_id, profile_id) where state <> 'superseded';
create index review_published on catalog.review (product_id, id desc) where state = 'published';
create index review_waiting on catalog.review (state, id);
create index review_of on catalog.review (profile_id);

alter table catalog.store
  -- { "2026-12-31": [["10:00","16:00"]], "2027-01-01": [] }: these days as told, whatever the weekday.
  add column exceptions jsonb not null default '{}',
  add column services text[] not null default '{}',
  add column phone text,
  add column archived_at timestamptz;
