create schema journeys;

create table journeys.journeys (
  id uuid primary key,
  name text not null,
  status text not null check (status in ('draft', 'live', 'paused', 'archived')),
  version int4 not null default 0,
  graph jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- A published version never changes; runs keep the one they began with.
create table journeys.versions (
  journey_id uuid not null references journeys.journeys,
  version int4 not null,
  graph jsonb not null,
  published_at timestamptz not null,
  primary key (journey_id, version)
);

-- One row; its number grows with every publish, pause and archive, so that workers know when to read the journeys again.
create table journeys.revision (
  single bool primary key default true check (single),
  number int8 not null
);
insert into journeys.revision values (true, 1);

-- A person's way through a journey is one row: where it stands, when it wakes, what it carries.
create table journeys.runs (
  id uuid primary key,
  journey_id uuid not null references journeys.journeys,
  version int4 not null,
  profile_id uuid not null,
  business_key text not null default '',
  node text not null,
  status text not null check (status in ('due', 'waiting', 'ended')),
  wake_at timestamptz,
  waits_since timestamptz,
  steps int4 not null default 0,
  failures int4 not null default 0,
  carries jsonb not null default '{}',
  began_at timestamptz not null,
  entered_at timestamptz not null,
  exited_at timestamptz,
  exit_reason text,
  converted_at timestamptz
);
-- One run per journey, person and business key at a time.
create unique index runs_active on journeys.runs (journey_id, profile_id, business_key) where exited_at is null;
create index runs_due on journeys.runs (journey_id, wake_at) where exited_at is null;
create index runs_profile on journeys.runs (profile_id, journey_id, entered_at desc);
create index runs_newest on journeys.runs (journey_id, entered_at desc, id desc);

create table journeys.steps (
  run_id uuid not null references journeys.runs,
  n int4 not null,
  node text not null,
  at timestamptz not null,
  note text not null,
  primary key (run_id, n)
);
