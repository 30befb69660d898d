create schema catalog;

create table catalog.category (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  title text not null,
  titles jsonb not null default '{}',
  parent_id text references catalog.category,
  position int4 not null default 0
);

create table catalog.product (
  id uuid primary key,
  title text not null,
  titles jsonb not null default '{}',
  description text not null default '',
  descriptions jsonb not null default '{}',
  brand text not null default '',
  category_id text not null references catalog.category,
  -- What our own pictures are drawn from: { kind, pattern }.
  drawing jsonb not null default '{}',
  -- Title, brand and codes in every language, folded for search by fold-search-text.ts.
  search text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz
);
create index on catalog.product (category_id, id) where archived_at is null;
create extension if not exists pg_trgm with schema public;
create index on catalog.product using gin (search public.gin_trgm_ops);

create table catalog.variant (
  id uuid primary key,
  product_id uuid not null references catalog.product,
  sku text not null unique check (sku <> '' and length(sku) <= 100),
  gtin text unique check (gtin ~ '^[0-9]{14}$'),
  size text,
  color text,
  color_hex text check (color_hex ~ '^#[0-9a-f]{6}$'),
  price int8 not null check (price >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  position int4 not null
);
create index on catalog.variant (product_id, position);

create table catalog.store (
  id uuid primary key,
  code text not null unique,
  name text not null,
  address text not null default '',
  city text not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  lat float8 not null check (lat between -90 and 90),
  lon float8 not null check (lon between -180 and 180),
  timezone text not null,
  -- { "mon": [["10:00","21:00"]], … }: local times in `timezone`.
  hours jsonb not null,
  position int4 not null default 0
);
