create schema messages;

create table messages.templates (
  id uuid primary key,
  name text not null,
  channel text not null check (channel in ('email')),
  purpose text not null check (purpose in ('marketing', 'transactional')),
  version int4 not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- A published version never changes. `contents`: language -> { subject, body } as written;
-- `compiled`: language -> { subject, html } with the Liquid still in it.
create table messages.template_versions (
  template_id uuid not null references messages.templates,
  version int4 not null,
  default_language text not null,
  contents jsonb not null,
  compiled jsonb not null,
  published_at timestamptz not null,
  primary key (template_id, version)
);

-- One row per thing said to one person; it exists before the provider is called. `due_at` is the next try, or, while
-- one is under way, the end of its lease; `claim` fences a worker that has lost its lease.
create table messages.messages (
  id uuid primary key,
  dedup_key text not null unique,
  lane int2 not null,
  channel text not null,
  purpose text not null,
  profile_id uuid,
  address text,
  template_id uuid references messages.templates,
  template_version int4,
  language text,
  journey_id uuid,
  run_id uuid,
  node text,
  data jsonb not null default '{}',
  content text,
  status text not null check (status in ('queued', 'sending', 'sent', 'skipped', 'failed', 'bounced')),
  reason text,
  subject text,
  held bool not null default false,
  cancel_reason text,
  claim uuid,
  attempts int4 not null default 0,
  due_at timestamptz not null,
  created_at timestamptz not null,
  handed_at timestamptz,
  sent_at timestamptz,
  opened_at timestamptz,
  clicked_at timestamptz,
  ordered_at timestamptz,
  order_id text,
  unsubscribed_at timestamptz
);
create index messages_due on messages.messages (lane, due_at) where status in ('queued', 'sending') and not held;
create index messages_profile on messages.messages (profile_id, created_at desc);
create index messages_journey on messages.messages (journey_id, created_at desc) where journey_id is not null;
create index messages_run on messages.messages (run_id) where status in ('queued', 'sending');
create index messages_newest on messages.messages (created_at desc, id desc);

-- First click on each address of a message; repeats only count.
create table messages.clicks (
  message_id uuid not null references messages.messages,
  url_hash bytea not null,
  url text not null,
  first_at timestamptz not null,
  times int4 not null default 1,
  primary key (message_id, url_hash)
);

-- Addresses nothing more goes to: bounced for ever, complained, or put here by hand.
create table messages.suppressions (
  channel text not null,
  address text not null,
  reason text not null check (reason in ('bounced', 'complained', 'manual')),
  created_at timestamptz not null,
  primary key (channel, address)
);

create table messages.channels (
  channel text primary key,
  from_address text,
  smtp_url_sealed text,
  cap_messages int4,
  cap_per text,
  updated_at timestamptz not null
);

-- Where mail ends when no SMTP server is set: kept and shown, nothing leaves.
create table messages.mailbox (
  id uuid primary key,
  message_id text not null unique,
  from_address text not null,
  to_address text not null,
  subject text not null,
  html text not null,
  text text not null,
  headers jsonb not null,
  at timestamptz not null
);
create index mailbox_newest on messages.mailbox (at desc, id desc);
