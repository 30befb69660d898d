create schema segments;

-- What people see. `rule_id` is the rule that decides membership now; while an edit fills, it is still the old one.
create table segments.segments (
  id uuid primary key,
  name text not null,
  definition jsonb not null,
  rule_id uuid,
  enter_on_first_fill boolean not null,
  -- Kept for a room that asks its conditions of single people (a journey's branches): never listed, tells nobody.
  is_hidden boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz
);
create unique index segments_name on segments.segments (lower(name)) where archived_at is null;

-- One version of a definition with every inner segment written out. Its members and horizons hang on it, so that a
-- segment switches to another definition by one pointer.
create table segments.rules (
  id uuid primary key,
  segment_id uuid not null references segments.segments,
  definition jsonb not null,
  -- filling: its predicates are being completed; deciding: decided beside the live rule, silently; live.
  state text not null check (state in ('filling', 'deciding', 'live')),
  created_at timestamptz not null
);
create index rules_segment on segments.rules (segment_id);

-- Leaves that keep state, shared by all rules in which they stand.
create table segments.predicates (
  id int4 generated always as identity primary key,
  key text not null,
  -- Complete from the first event on; before that it holds only what came after it was registered.
  filled boolean not null
);
create unique index predicates_key on segments.predicates (md5(key));

create table segments.states (
  profile_id uuid not null,
  predicate_id int4 not null,
  state jsonb not null,
  primary key (profile_id, predicate_id)
);
create index states_predicate on segments.states (predicate_id);

-- Everybody who was ever folded. Its rows are the lock under which one person is decided.
create table segments.people (
  profile_id uuid primary key
);

-- Merged profiles: events that History holds under `from_id` are those of `into_id`, which is never merged itself.
create table segments.aliases (
  from_id uuid primary key,
  into_id uuid not null
);
create index aliases_into on segments.aliases (into_id);

create table segments.memberships (
  rule_id uuid not null,
  profile_id uuid not null,
  entered_at timestamptz not null,
  primary key (profile_id, rule_id)
);
create index memberships_rule on segments.memberships (rule_id, entered_at desc, profile_id desc);

-- When the answer for one person and rule may change by time alone.
create table segments.horizons (
  profile_id uuid not null,
  rule_id uuid not null,
  due_at timestamptz not null,
  -- Only historical events led here: what follows by time is historical too.
  historical boolean not null,
  primary key (profile_id, rule_id)
);
create index horizons_due on segments.horizons (due_at);
create index horizons_rule on segments.horizons (rule_id);

-- Changes that a switch of definitions brought; the sweeper carries them to the journeys.
create table segments.pending_changes (
  id int8 generated always as identity primary key,
  segment_id uuid not null,
  profile_id uuid not null,
  kind text not null check (kind in ('entered', 'exited')),
  at timestamptz not null
);
create index pending_changes_profile on segments.pending_changes (profile_id);

-- The work of bringing new definitions to life: those queued when work begins go together, group after group.
create table segments.fills (
  id int8 generated always as identity primary key,
  group_id int8,
  segment_id uuid not null references segments.segments,
  phase text not null check (phase in ('queued', 'filling', 'deciding', 'switching')),
  -- Events of outbox batches up to here come from History, later ones were folded beside.
  watermark int8,
  chunk int4 not null default 0,
  chunks int4 not null default 1,
  after_profile uuid,
  problem text,
  created_at timestamptz not null
);
create index fills_segment on segments.fills (segment_id);

-- Counts every change of rules and predicates: a node whose copy in memory is older reads them again.
create table segments.registry (
  only_row boolean primary key default true check (only_row),
  version int8 not null
);
insert into segments.registry (version) values (1);

create table segments.lists (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null
);
create unique index lists_name on segments.lists (lower(name));

create table segments.list_members (
  list_id uuid not null references segments.lists,
  profile_id uuid not null,
  added_at timestamptz not null,
  primary key (profile_id, list_id)
);
create index list_members_list on segments.list_members (list_id, profile_id);
