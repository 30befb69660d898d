create schema platform;

create table platform.keys (
  id uuid primary key,
  kind text not null check (kind in ('write', 'secret')),
  name text not null,
  hash text not null unique,
  value text,
  created_at timestamptz not null,
  revoked_at timestamptz
);

-- Answers to POSTs that carried an Idempotency-Key, for a day.
create table platform.idempotency (
  scope text not null,
  key text not null,
  body_hash text not null,
  status int4,
  response text,
  created_at timestamptz not null,
  primary key (scope, key)
);
create index on platform.idempotency (created_at);

create table platform.settings (
  name text primary key,
  value jsonb not null,
  updated_at timestamptz not null
);
