-- Accounts at providers. Each secret lies sealed under its own name; the key is outside the database. Of a channel's
-- accounts one is the default: messages go over it.
create table messages.accounts (
  id uuid primary key,
  channel text not null,
  provider text not null,
  name text not null,
  settings jsonb not null default '{}',
  secrets jsonb not null default '{}',
  -- instead of the provider's own address
  endpoint text,
  rate_per_second float8,
  is_default bool not null default false,
  -- counts its changes: lines that were opened before one are opened anew
  version int4 not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index accounts_default on messages.accounts (channel) where is_default;

insert into messages.accounts (id, channel, provider, name, secrets, is_default, created_at, updated_at)
select gen_random_uuid(), 'email', 'smtp', 'SMTP', jsonb_build_object('url', smtp_url_sealed), true, updated_at, updated_at
from messages.channels where channel = 'email' and smtp_url_sealed is not null;

alter table messages.channels drop column smtp_url_sealed;

-- Over which account a message went, and what its provider calls it.
alter table messages.messages
  add column account_id uuid,
  add column provider_id text,
  add column delivered_at timestamptz,
  add column deferred_at timestamptz,
  add column bounced_at timestamptz,
  add column complained_at timestamptz,
  add column replied_at timestamptz;
create index messages_provider on messages.messages (provider_id) where provider_id is not null;
