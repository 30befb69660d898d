create schema plan;

-- What an event of a name should hold: a JSON Schema of its properties (of its traits, for Identify and Group).
create table plan.events (
  name text primary key,
  mode text not null check (mode in ('off', 'warn', 'block')),
  schema json not null,
  version int4 not null,
  updated_at timestamptz not null,
  updated_by text not null,
  archived_at timestamptz
);

-- Every version there has been, with who wrote it.
create table plan.versions (
  name text not null,
  version int4 not null,
  mode text not null,
  schema json not null,
  at timestamptz not null,
  author text not null,
  primary key (name, version)
);

-- One row: what becomes of events without a plan. `revision` rises with every change, so that each process sees when to
-- read the plan again.
create table plan.rules (
  is_only bool primary key default true check (is_only),
  unplanned text not null default 'allow' check (unplanned in ('allow', 'warn', 'block')),
  revision int8 not null default 0
);
insert into plan.rules default values;

-- Violations per day, event, place and rule, with the newest example. Bounded: see violations.pg.ts.
create table plan.violations (
  day date not null,
  name text not null,
  path text not null,
  rule text not null,
  n int8 not null,
  blocked int8 not null,
  message text not null,
  source text not null,
  message_id text not null,
  last_at timestamptz not null,
  primary key (day, name, path, rule)
);
create index violations_name on plan.violations (name, day);
