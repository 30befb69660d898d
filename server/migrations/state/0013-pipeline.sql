create schema pipeline;

-- Who works which shard; the epoch rises with each change of hands, so that a stale worker cannot commit.
create table pipeline.shards (
  shard int2 primary key,
  owner text,
  epoch int8 not null default 0,
  leased_until timestamptz
);
insert into pipeline.shards (shard) select generate_series(0, 15);

create table pipeline.workers (
  owner text primary key,
  seen_at timestamptz not null
);

-- Message ids of the last days: one partition per day of receipt, dropped by age. `id` is a hash of source and message id.
create table pipeline.seen (
  id uuid not null,
  day date not null,
  primary key (id, day)
) partition by list (day);

-- One row per batch on its way to History: frozen when written, so that a retry sends the same rows with the same token.
create table pipeline.outbox (
  id bigint generated always as identity primary key,
  created_at timestamptz not null,
  n int4 not null,
  -- zstd-packed JSON lines for `events`
  rows bytea not null,
  -- {"from_id","into_id","version"} lines for `profile_overrides`
  merges jsonb not null default '[]',
  profile_ids uuid[] not null,
  -- the insert it goes with, decided once
  shipment bigint,
  shipped_at timestamptz
);
alter table pipeline.outbox alter column rows set storage external;
create index outbox_unshipped on pipeline.outbox (id) where shipped_at is null;
create index outbox_profiles on pipeline.outbox using gin (profile_ids) where shipped_at is null;
create index outbox_shipped on pipeline.outbox (shipped_at) where shipped_at is not null;
create sequence pipeline.shipments;
