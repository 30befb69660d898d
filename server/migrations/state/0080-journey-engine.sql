-- The log of a run stands in its row and is written with the step itself: [node, at, note, way left by].
alter table journeys.runs add column trail jsonb not null default '[]';
update journeys.runs r set trail = (
  select coalesce(jsonb_agg(jsonb_build_array(s.node, to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), s.note) order by s.n), '[]')
  from journeys.steps s where s.run_id = r.id
);
drop table journeys.steps;
-- Every step moves a row: room on its page, and dead rows are swept early.
alter table journeys.runs set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
-- Payload of finished runs that is not needed any more.
create index runs_finished on journeys.runs (exited_at) where exited_at is not null and trail <> '[]';

-- How many have passed each way, and of these how many reached the goal. Only added to, so that nobody waits for
-- anybody; a worker adds rows up now and then. `way` is the path in the node; node '' and way 'entry' the entry.
create table journeys.flows (
  journey_id uuid not null references journeys.journeys,
  node text not null,
  way text not null,
  passed int8 not null,
  converted int8 not null
);
create index flows_journey on journeys.flows (journey_id, node);

-- What steps cause outside their transaction: calls, lists, audiences. Done at least once; the id tells repeats apart.
create table journeys.errands (
  id text primary key,
  kind text not null,
  run_id uuid not null,
  profile_id uuid not null,
  node text not null,
  steps int4 not null,
  what jsonb not null,
  attempts int4 not null default 0,
  due_at timestamptz not null,
  created_at timestamptz not null
);
create index errands_due on journeys.errands (due_at);
create index errands_profile on journeys.errands (profile_id);

-- Crowds that are let in bit by bit: by a schedule, a date, a list. `cursor`: the last person looked at.
create table journeys.intakes (
  id uuid primary key,
  journey_id uuid not null references journeys.journeys,
  cause text not null,
  key text not null,
  audience jsonb not null,
  at timestamptz not null,
  cursor uuid,
  looked int8 not null default 0,
  entered int8 not null default 0,
  status text not null check (status in ('running', 'done', 'cancelled')),
  created_at timestamptz not null,
  finished_at timestamptz,
  unique (journey_id, cause, key)
);
create index intakes_running on journeys.intakes (created_at) where status = 'running';

-- When a journey with a schedule or a date has to be looked at next.
create table journeys.timers (
  journey_id uuid primary key references journeys.journeys,
  next_at timestamptz not null
);

-- What is to become of those who are on older versions; done bit by bit after publishing.
create table journeys.shifts (
  journey_id uuid primary key references journeys.journeys,
  version int4 not null,
  inside text not null check (inside in ('move', 'exit')),
  moved int8 not null default 0
);

-- What became of the messages of a run, for branches that ask.
create index messages_of_run on messages.messages (run_id, node) where run_id is not null;
