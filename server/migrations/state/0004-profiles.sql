create schema profiles;
create extension if not exists pg_trgm;

-- One row per person. `memory` is what the fold needs to stay exact when events come late or twice.
create table profiles.profiles (
  id uuid primary key,
  traits jsonb not null default '{}',
  computed jsonb not null default '{}',
  consent jsonb not null default '{}',
  memory jsonb not null default '{}',
  first_seen timestamptz,
  last_seen timestamptz,
  search text not null default ''
) with (fillfactor = 70);
create index profiles_search on profiles.profiles using gin (search gin_trgm_ops);
