-- Work on many people that somebody waits for: the export of a segment, the upload of a list.
create table segments.jobs (
  id uuid primary key,
  kind text not null check (kind in ('export', 'upload')),
  -- The segment that is exported, or the list that is changed.
  target_id uuid not null,
  -- Of an export: columns, delimiter, bom. Of an upload: file, column, type, action.
  what jsonb not null,
  created_by text not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled', 'expired')),
  failure text,
  -- Where work goes on: the last person exported, the last row read.
  position text,
  done int8 not null default 0,
  -- Null while nobody knows: a file is counted by reading it.
  total int8,
  counts jsonb not null default '{}',
  -- Counts the takers: whoever held it before can commit nothing more.
  epoch int4 not null default 0,
  lease_until timestamptz,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz
);
create index jobs_target on segments.jobs (target_id, id desc);
create index jobs_open on segments.jobs (created_at) where state in ('waiting', 'running');
create index jobs_ended on segments.jobs (ended_at) where ended_at is not null;

-- What an export says of each person, until it expires. Here and not in a file, so that every node can hand it out and
-- an erasure takes its lines out too.
create table segments.export_lines (
  profile_id uuid not null,
  job_id uuid not null references segments.jobs on delete cascade,
  line text not null,
  primary key (profile_id, job_id)
);
create index export_lines_job on segments.export_lines (job_id, profile_id);

-- Who came onto a list last.
create index list_members_newest on segments.list_members (list_id, added_at desc, profile_id desc);
drop index segments.list_members_list;
