create schema decisions;

-- What a device itself did, for answers to a bare write key: never filled from another device of the same person.
create table decisions.device (
  anonymous_id text primary key,
  last_category text,
  last_category_at timestamptz,
  -- [{ "id": product, "at": time }], newest first, at most 12.
  viewed jsonb not null default '[]',
  updated_at timestamptz not null
);
create index on decisions.device (updated_at);

create table decisions.rule (
  id uuid primary key,
  slot text not null check (slot ~ '^[a-z][a-z0-9_]{0,59}$'),
  -- Null: everybody.
  segment_id uuid,
  position int4 not null,
  content jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index on decisions.rule (slot, position);
