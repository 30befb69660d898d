-- Fills now go through History in the order of people's ids: one that was under way starts again from its beginning.
update segments.fills set phase = 'queued', group_id = null, chunk = 0, after_profile = null where phase = 'filling';

-- Comparisons of State with History. Each is its own job: claimed by a lease, fenced by the epoch, with the person after
-- whom it goes on.
create table segments.audits (
  id uuid primary key,
  -- Null for all segments.
  segment_id uuid references segments.segments,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  epoch int4 not null default 0,
  attempts int4 not null default 0,
  lease_until timestamptz,
  after_profile uuid,
  -- How many people there were when it began, and how many have been looked at.
  people int8 not null default 0,
  looked_at int8 not null default 0,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz
);
create index audits_open on segments.audits (id) where state in ('waiting', 'running');
create index audits_segment on segments.audits (segment_id);

-- What it has found of each segment, as long as the rule was in force with which it began.
create table segments.audited (
  audit_id uuid not null references segments.audits,
  segment_id uuid not null references segments.segments,
  rule_id uuid not null,
  looked_at int8 not null default 0,
  members int8 not null default 0,
  differences int8 not null default 0,
  -- People of whom something was on its way to History, or due in State, however often they were looked at.
  unsettled int8 not null default 0,
  primary key (audit_id, segment_id)
);

-- The first thousand differences of each segment in each audit.
create table segments.audit_differences (
  audit_id uuid not null references segments.audits,
  segment_id uuid not null references segments.segments,
  profile_id uuid not null,
  is_member boolean not null,
  found_at timestamptz not null,
  primary key (audit_id, segment_id, profile_id)
);
create index audit_differences_profile on segments.audit_differences (profile_id);
