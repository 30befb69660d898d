create schema webhooks;

-- Where somebody outside wants to be told what happens here. Secrets lie sealed; after a change the old one signs along
-- until `old_secret_until`.
create table webhooks.endpoints (
  id uuid primary key,
  url text not null,
  description text not null,
  types text[] not null,
  -- null: of all segments
  segment_ids uuid[],
  secret text not null,
  old_secret text,
  old_secret_until timestamptz,
  state text not null check (state in ('enabled', 'disabled')),
  disabled_reason text check (disabled_reason in ('manual', 'gone', 'failing')),
  disabled_at timestamptz,
  -- failed rounds since the last success; until `rest_until` nothing new is tried
  failures int4 not null default 0,
  failing_since timestamptz,
  rest_until timestamptz,
  last_success_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- One event for one endpoint; `id` is the event's, the same for all who are told, and what they see as `webhook-id`.
-- `tries` holds the newest tries with time, duration, status or problem, and the beginning of the answer.
create table webhooks.deliveries (
  id uuid not null,
  endpoint_id uuid not null,
  type text not null,
  profile_id uuid,
  happened_at timestamptz not null,
  -- json, not jsonb: it is sent in the order in which it was written
  data json not null,
  state text not null check (state in ('waiting', 'sending', 'delivered', 'failed', 'skipped')),
  attempts int4 not null default 0,
  due_at timestamptz not null,
  claim uuid,
  tries jsonb not null default '[]',
  settled_at timestamptz,
  primary key (id, endpoint_id)
);
create index deliveries_due on webhooks.deliveries (endpoint_id, due_at) where state in ('waiting', 'sending');
create index deliveries_newest on webhooks.deliveries (endpoint_id, id desc);
create index deliveries_missed on webhooks.deliveries (endpoint_id, id desc) where state in ('failed', 'skipped');
create index deliveries_profile on webhooks.deliveries (profile_id);
