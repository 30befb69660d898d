create schema privacy;

-- One row per erasure: the work to be done, and afterwards its receipt, which names nobody.
create table privacy.erasures (
  id uuid primary key,
  requested_at timestamptz not null,
  requested_by text not null,
  suppress boolean not null,
  -- waiting, then erasing (gone from where people are looked up; the other stores follow), then done.
  state text not null check (state in ('waiting', 'erasing', 'done')),
  -- Whom it is about, sealed: only while there is something left to do.
  subject text,
  -- store → { status, removed, kept, at }
  stores jsonb not null default '{}',
  -- When the person went, and what was on its way then: the last rows of the inbox and the outbox.
  erased_at timestamptz,
  inbox_mark int8,
  outbox_mark int8,
  finished_at timestamptz,
  -- The second look, for what was in somebody's hands during the first.
  checked_at timestamptz,
  due_at timestamptz,
  -- Fences a worker that took too long.
  claim uuid,
  problem text,
  check (state <> 'done' or finished_at is not null),
  check (subject is not null or state = 'done')
);
create index erasures_due on privacy.erasures (due_at) where due_at is not null;

-- Erased ids, hashed (MD5): whatever still comes for one of them is dropped.
create table identity.erased (
  key uuid primary key,
  at timestamptz not null
);

-- Identifiers of erased people as keyed hashes. Events received before `until` are dropped (they were on their way when
-- the person was erased); null is for ever: that is suppression.
create table identity.suppressed (
  key text primary key,
  erasure_id uuid not null,
  type text not null,
  until timestamptz,
  -- Learnt from an event of a suppressed person, not from the erased profile.
  is_learnt boolean not null default false,
  created_at timestamptz not null
);
create index suppressed_erasure on identity.suppressed (erasure_id);
create index suppressed_until on identity.suppressed (until) where until is not null;

-- One row that says whether `suppressed` has to be asked at all: read with each batch.
create table identity.suppression (
  only_row boolean primary key default true check (only_row),
  is_active boolean not null default false,
  newest_until timestamptz
);
insert into identity.suppression default values;

-- How many events were dropped because they were of a suppressed person.
create table identity.suppressed_events (
  day date primary key,
  events int8 not null
);

-- How long events stay in History: one row, once somebody has decided.
create table privacy.retention (
  only_row boolean primary key default true check (only_row),
  days int4,
  keep_orders boolean not null,
  -- [{ "event": name, "days": number | null }]
  exceptions jsonb not null,
  updated_at timestamptz not null
);

-- One run a day; `day` is unique, so that of several nodes one begins it, and whoever finds it unfinished goes on.
create table privacy.retention_runs (
  id uuid primary key,
  day date not null unique,
  began_at timestamptz not null,
  finished_at timestamptz,
  leased_until timestamptz,
  events int8 not null default 0,
  months int4 not null default 0,
  problem text
);
