create schema identity;

create table identity.identifiers (
  type text not null,
  value text not null,
  profile_id uuid not null,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  verified boolean not null default false,
  source text not null,
  primary key (type, value)
) with (fillfactor = 80);
create index identifiers_profile on identity.identifiers (profile_id);

-- A merged profile's id leads to the one that lives on, always in one step.
create table identity.aliases (
  from_id uuid primary key,
  into_id uuid not null
);
create index aliases_into on identity.aliases (into_id);

-- What happened, for people to read and to undo; never changed.
create table identity.merge_log (
  id uuid primary key,
  at timestamptz not null,
  from_id uuid not null,
  into_id uuid not null,
  reason text not null,
  actor text not null
);
create index merge_log_into on identity.merge_log (into_id);

-- Identifiers that an event carried and that were not joined to its person, with the rule that forbade it.
create table identity.warnings (
  id uuid primary key,
  at timestamptz not null,
  profile_id uuid not null,
  type text not null,
  value text not null,
  reason text not null
);
create index warnings_profile on identity.warnings (profile_id, id desc);

create table identity.sign_in_codes (
  email text primary key,
  code_hash text not null,
  tries int4 not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table identity.shopper_sessions (
  id uuid primary key,
  profile_id uuid not null,
  anonymous_id text not null,
  email text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index shopper_sessions_profile on identity.shopper_sessions (profile_id);
