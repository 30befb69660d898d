create schema imports;

-- Files on their way up and those that an import reads; the bytes lie in the data folder under the id.
create table imports.file (
  id uuid primary key,
  name text not null,
  bytes int8 not null,
  received int8 not null default 0,
  sha256 text,
  created_at timestamptz not null,
  touched_at timestamptz not null,
  removed_at timestamptz
);
create index file_kept on imports.file (touched_at) where removed_at is null;

-- An import is its own job: claimed by a lease, fenced by the epoch, with the place where reading goes on.
create table imports.job (
  id uuid primary key,
  file_id uuid not null unique references imports.file,
  kind text not null check (kind in ('people', 'events', 'orders')),
  columns jsonb not null,
  options jsonb not null,
  format jsonb not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  failure text,
  epoch int4 not null default 0,
  attempts int4 not null default 0,
  lease_until timestamptz,
  -- Where the next row begins in the file's text, its number, and an order whose further rows are refused.
  position int8 not null default 0,
  next_row int8 not null default 1,
  refusing text,
  bytes_done int8 not null default 0,
  rows int8 not null default 0,
  accepted int8 not null default 0,
  repeated int8 not null default 0,
  changed int8 not null default 0,
  rejected int8 not null default 0,
  events int8 not null default 0,
  -- Rows read since the worker took it, for the rate.
  run_since timestamptz,
  run_rows int8 not null default 0,
  created_at timestamptz not null,
  started_at timestamptz,
  updated_at timestamptz not null,
  ended_at timestamptz
);
create index job_open on imports.job (created_at) where state in ('waiting', 'running');
create index job_newest on imports.job (created_at desc, id desc);

-- Rows that were not taken, with the reason: the first ten thousand of each import.
create table imports.problem (
  job_id uuid not null references imports.job,
  row int8 not null,
  column_name text,
  code text not null,
  text text not null,
  primary key (job_id, row)
);
-- How often each reason came, for all rows.
create table imports.reason (
  job_id uuid not null references imports.job,
  code text not null,
  column_name text not null,
  count int8 not null,
  primary key (job_id, code, column_name)
);

-- Which import of a file took a key; null for what came by the API.
alter table collect.imported add column import_id uuid;
