-- What people can say yes or no to beside everything at once. Names and texts by language.
create table consent.topics (
  key text primary key,
  names jsonb not null,
  descriptions jsonb not null default '{}',
  -- on which channels it is offered
  channels text[] not null,
  position int4 not null,
  archived_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- Every explicit choice with its proof, for ever: who said what, when, where, under which words. `key` is the event's
-- (source and message id), so that a choice noted before its event is folded is the same row as the one noted after.
create table consent.choices (
  key text primary key,
  profile_id uuid not null,
  first_profile_id uuid,
  channel text not null,
  purpose text not null,
  state text not null check (state in ('granted', 'denied')),
  at timestamptz not null,
  source text not null,
  wording text,
  proof jsonb not null default '{}',
  noted_at timestamptz not null
);
create index choices_profile on consent.choices (profile_id, at desc, key desc);

-- Double opt-in: asked for, and nothing more until the owner of the address confirms.
create table consent.requests (
  id uuid primary key,
  email text not null,
  purposes text[] not null,
  wording text not null,
  source text not null,
  language text not null,
  proof jsonb not null default '{}',
  created_at timestamptz not null,
  expires_at timestamptz not null,
  confirmed_at timestamptz
);
create index requests_email on consent.requests (email, created_at desc);
