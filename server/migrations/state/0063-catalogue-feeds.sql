-- A file of products being taken in: claimed by a lease, fenced by the epoch, with the row where reading goes on.
create table catalog.import (
  id uuid primary key,
  file_id uuid not null,
  file_name text not null,
  columns jsonb not null,
  options jsonb not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  failure text,
  epoch int4 not null default 0,
  attempts int4 not null default 0,
  lease_until timestamptz,
  next_row int8 not null default 0,
  rows int8 not null default 0,
  created int8 not null default 0,
  updated int8 not null default 0,
  rejected int8 not null default 0,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz
);
create index import_open on catalog.import (created_at) where state in ('waiting', 'running');

-- Rows that were not taken: the first ten thousand of each import.
create table catalog.import_problem (
  import_id uuid not null references catalog.import,
  row int8 not null,
  column_name text,
  code text not null,
  value text not null,
  primary key (import_id, row)
);

-- Pictures that feeds name, each fetched once per product.
create table catalog.picture_job (
  product_id uuid not null references catalog.product,
  url text not null check (length(url) <= 2000),
  variant_id uuid references catalog.variant,
  import_id uuid,
  position int4 not null,
  state text not null check (state in ('waiting', 'done', 'failed')),
  problem text,
  tries int4 not null default 0,
  due_at timestamptz not null,
  primary key (product_id, url)
);
create index picture_due on catalog.picture_job (due_at) where state = 'waiting';
create index picture_of_import on catalog.picture_job (import_id);

-- What other systems read of the catalogue. Whoever knows the address may: only its hash finds it, sealed it is shown again.
create table catalog.feed (
  id uuid primary key,
  name text not null,
  kind text not null check (kind in ('google', 'google_local', 'meta')),
  options jsonb not null,
  token_hash text not null unique,
  token_sealed text not null,
  created_at timestamptz not null,
  fetched_at timestamptz,
  revoked_at timestamptz
);
