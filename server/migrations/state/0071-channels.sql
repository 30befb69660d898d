-- A scanner's or a privacy proxy's fetch is told apart from a person's opening, and no decision leans on it.
alter table messages.messages add column machine_opened_at timestamptz;

-- What people wrote to us. The newest of an address opens its session window on WhatsApp and social networks.
create table messages.inbound (
  id uuid primary key,
  account_id uuid not null,
  channel text not null,
  -- the provider's own name of it: a repeat is the same
  provider_id text not null,
  profile_id uuid,
  first_profile_id uuid,
  from_address text not null,
  text text not null,
  keyword text check (keyword in ('stop', 'start', 'help')),
  -- of ours, which it answers
  message_id uuid,
  at timestamptz not null,
  unique (account_id, provider_id)
);
create index inbound_from on messages.inbound (channel, from_address, at desc);
create index inbound_profile on messages.inbound (profile_id, at desc);

-- Browsers and apps that may be pushed to.
create table messages.devices (
  id uuid primary key,
  profile_id uuid not null,
  first_profile_id uuid,
  kind text not null check (kind in ('web', 'fcm', 'apns')),
  token text not null,
  token_hash bytea not null unique,
  -- of a browser's subscription: { p256dh, auth }
  keys jsonb,
  created_at timestamptz not null,
  seen_at timestamptz not null
);
create index devices_profile on messages.devices (profile_id, seen_at desc);

-- Shown on the site or in the app at the person's next visit.
create table messages.onsite (
  message_id uuid primary key,
  profile_id uuid not null,
  first_profile_id uuid,
  content jsonb not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  shown_at timestamptz,
  dismissed_at timestamptz
);
create index onsite_waiting on messages.onsite (profile_id, created_at) where dismissed_at is null;

-- Direct mail: letters wait here until they are taken into a batch, which is one file for the printer.
create table messages.letter_batches (
  id uuid primary key,
  format text not null,
  letters int4 not null,
  created_by text not null,
  created_at timestamptz not null
);
create table messages.letters (
  message_id uuid primary key,
  profile_id uuid,
  first_profile_id uuid,
  address jsonb not null,
  content jsonb not null,
  format text not null,
  batch_id uuid references messages.letter_batches,
  -- its place in the batch
  place int4,
  created_at timestamptz not null
);
create index letters_waiting on messages.letters (format, created_at, message_id) where batch_id is null;
create index letters_batch on messages.letters (batch_id, place) where batch_id is not null;
create index letters_profile on messages.letters (profile_id);

-- What the phone team is to do.
create table messages.calls (
  message_id uuid primary key,
  profile_id uuid,
  first_profile_id uuid,
  phone text not null,
  script text not null,
  reason text not null,
  due_at timestamptz not null,
  state text not null check (state in ('open', 'done')),
  taken_by text,
  taken_at timestamptz,
  outcome text check (outcome in ('reached', 'bought', 'call_back', 'no_answer', 'wrong_number', 'not_interested', 'do_not_call')),
  note text,
  done_by text,
  done_at timestamptz,
  created_at timestamptz not null
);
create index calls_open on messages.calls (due_at, message_id) where state = 'open';
create index calls_profile on messages.calls (profile_id);

-- Ad audiences that follow a segment.
create table messages.audiences (
  id uuid primary key,
  -- null: only files are made of it
  account_id uuid references messages.accounts,
  name text not null,
  segment_id uuid not null,
  -- what the network calls it
  external_id text,
  state text not null check (state in ('filling', 'live', 'paused')),
  -- where filling stands
  filled_to text,
  last_told_at timestamptz,
  last_error text,
  next_at timestamptz not null,
  created_at timestamptz not null
);
-- One row for each person who is in or has yet to be taken out. `told`: the hashes the network has of them; they outlive
-- an erased person until the network has been told.
create table messages.audience_members (
  id uuid primary key,
  audience_id uuid not null references messages.audiences on delete cascade,
  profile_id uuid,
  wanted bool not null,
  told jsonb,
  is_due bool not null,
  changed_at timestamptz not null,
  unique (audience_id, profile_id)
);
create index audience_members_due on messages.audience_members (audience_id, changed_at) where is_due;
create index audience_members_profile on messages.audience_members (profile_id);
