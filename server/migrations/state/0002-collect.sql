create schema collect;

-- What has been accepted and not yet worked in: one row per group commit and shard, a zstd-packed JSON array of events.
create table collect.inbox (
  seq bigint generated always as identity primary key,
  shard int2 not null,
  n int4 not null,
  received_at timestamptz not null,
  events bytea not null
);
alter table collect.inbox alter column events set storage external;
create index inbox_shard on collect.inbox (shard, seq);

-- Events that could not be worked in or shipped, with the reason; they can be sent again.
create table collect.quarantine (
  id uuid primary key,
  at timestamptz not null,
  stage text not null check (stage in ('inbox', 'outbox')),
  reason text not null,
  event jsonb,
  raw text
);
