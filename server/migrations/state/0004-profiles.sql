create schema profiles;
create extension if not exists pg_trgm;

-- One row per person. `memory` (JSON text that only the fold reads) is what keeps the fold exact when events come late or
-- twice. Rows stay in their page up to 8 kB: compressing them at every event would cost more than the fold itself.
create table profiles.profiles (
  id uuid primary key,
  traits jsonb not null default '{}',
  computed jsonb not null default '{}',
  consent jsonb not null default '{}',
  memory text not null default '{}',
  first_seen timestamptz,
  last_seen timestamptz
) with (fillfactor = 70, toast_tuple_target = 8160);
alter table profiles.profiles alter column memory set storage external;

-- Name, e-mail, phone and city in lower case; apart, so that an event that changes none of them touches no index of words.
create table profiles.search (
  profile_id uuid primary key,
  words text not null
);
create index search_words on profiles.search using gin (words gin_trgm_ops);
