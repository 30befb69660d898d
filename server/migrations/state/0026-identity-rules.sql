-- How people are recognised. Every change is a row of its own; without one the built-in rules hold.
create table identity.rules (
  version int4 primary key,
  config jsonb not null,
  author text not null,
  at timestamptz not null
);

-- Where an identifier was told, and whether it may still join people: 'shared' by several known people it decides only
-- where nothing else does, 'overused' by too many it decides nothing.
alter table identity.identifiers
  add column channel text not null default '',
  add column bridging text check (bridging in ('shared', 'overused')),
  add column has_met boolean not null default false;

-- Whom an identifier came with although it belongs to somebody else.
create table identity.meetings (
  type text not null,
  value text not null,
  profile_id uuid not null,
  at timestamptz not null,
  primary key (type, value, profile_id)
);
create index meetings_profile on identity.meetings (profile_id);

-- An identifier that came with too many different people.
create table identity.alarms (
  id uuid primary key,
  at timestamptz not null,
  type text not null,
  value text not null,
  people int4 not null,
  closed_at timestamptz,
  closed_by text
);
create unique index alarms_open on identity.alarms (type, value) where closed_at is null;

-- The same warning again is counted, not repeated.
delete from identity.warnings w using identity.warnings newer
where (newer.profile_id, newer.type, newer.value, newer.reason) = (w.profile_id, w.type, w.value, w.reason) and newer.id > w.id;
alter table identity.warnings
  add column times int4 not null default 1,
  add column last_at timestamptz;
update identity.warnings set last_at = at;
alter table identity.warnings alter column last_at set not null;
create unique index warnings_once on identity.warnings (profile_id, type, value, reason);
create index warnings_recent on identity.warnings (last_at desc, id desc);
