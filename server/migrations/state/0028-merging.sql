-- A merge or what undid it, who did it and which identifiers of which event led to it: [{"type","value"}].
alter table identity.merge_log add column kind text not null default 'merge' check (kind in ('merge', 'separate', 'allow'));
alter table identity.merge_log add column evidence jsonb not null default '[]';
create index merge_log_from on identity.merge_log (from_id);

-- The merges that hold: whom each merged id was joined to directly, which identifiers were its own until then, and which
-- of the event that joined them (`evidence`, strongest first; none when it was done by hand). `batch`
-- is the outbox row of the merge: what History holds under `into_id` with a smaller one came before it.
create table identity.merged (
  from_id uuid primary key,
  into_id uuid not null,
  batch int8 not null,
  -- ["type:value", …]
  identifiers jsonb not null,
  evidence jsonb not null
);
create index merged_into on identity.merged (into_id);

-- Two people whom somebody has separated: no event joins them again. One row per side, so that a merge carries them on.
create table identity.apart (
  pair uuid not null,
  side int2 not null check (side in (0, 1)),
  profile_id uuid not null,
  since timestamptz not null,
  primary key (pair, side)
);
create index apart_profile on identity.apart (profile_id);

-- Events of `person_id` that History keeps under the id of somebody else, since both were one person for a while.
create table identity.lodgings (
  person_id uuid not null,
  profile_id uuid not null,
  primary key (person_id, profile_id)
);
create index lodgings_profile on identity.lodgings (profile_id);

-- What History has yet to be told in its rows. Merges: shipped overrides whose rows are to carry the survivor's id, after
-- which the override can go.
create table pipeline.rewrites (
  from_id uuid primary key,
  into_id uuid not null,
  version int8 not null,
  shipped_at timestamptz not null,
  rewritten_at timestamptz
);
create index rewrites_waiting on pipeline.rewrites (shipped_at) where rewritten_at is null;
create index rewrites_done on pipeline.rewrites (rewritten_at) where rewritten_at is not null;

-- Separations: all rows of `profile_ids` and the single events `keys` (16 bytes each: md5 of source, NUL, message id)
-- under `host_ids` are `person_id`'s, once everything up to `version` has been shipped.
create table pipeline.handovers (
  id uuid primary key,
  person_id uuid not null,
  profile_ids uuid[] not null,
  host_ids uuid[] not null,
  keys bytea not null,
  version int8 not null,
  done_at timestamptz
);
create index handovers_waiting on pipeline.handovers (version) where done_at is null;

-- Since when people who were merged away had been in a segment, for the day they are separated again.
create table segments.merged_memberships (
  profile_id uuid not null,
  rule_id uuid not null,
  entered_at timestamptz not null,
  primary key (profile_id, rule_id)
);

-- Rows that followed a merge remember whose they were at first.
alter table messages.messages add column first_profile_id uuid;
alter table journeys.runs add column first_profile_id uuid;
