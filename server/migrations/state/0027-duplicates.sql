-- Whose name, address, phone or birthday has changed since somebody alike was last looked for.
alter table profiles.search add column is_fresh boolean not null default true;
create index search_fresh on profiles.search (profile_id) where is_fresh;

-- What people who may be the same have in common, as 16 bytes of a hash.
create table profiles.likeness_keys (
  key uuid not null,
  profile_id uuid not null,
  primary key (key, profile_id)
);
create index likeness_keys_profile on profiles.likeness_keys (profile_id);

-- Two people who may be one, for somebody to decide. `evidence` names what speaks for it; the values are the people's own.
create table profiles.duplicates (
  id uuid primary key,
  a uuid not null,
  b uuid not null,
  score int2 not null,
  evidence jsonb not null,
  state text not null default 'open' check (state in ('open', 'dismissed', 'merged')),
  found_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  check (a < b),
  unique (a, b)
);
create index duplicates_b on profiles.duplicates (b);
create index duplicates_open on profiles.duplicates (score desc, id desc) where state = 'open';
