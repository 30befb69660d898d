-- What is said to many. `variants`: [{ key, template_id, share }]; `winner_rule` says when one of them takes the rest.
create table messages.broadcasts (
  id uuid primary key,
  name text not null,
  -- { segment_id } or { list_id }
  audience jsonb not null,
  variants jsonb not null,
  -- the part of the audience that gets nothing, so that what came of it can be told
  holdout float8 not null,
  -- { test_share, measure, after | confidence and at_most }, or null
  winner_rule jsonb,
  -- { kind: now } | { kind: at, at } | { kind: local, at }
  schedule jsonb not null,
  per_minute int4,
  state text not null
    check (state in ('draft', 'scheduled', 'gathering', 'sending', 'testing', 'done', 'cancelled')),
  paused bool not null default false,
  -- when its next step is due; null while it needs none
  step_at timestamptz,
  -- where the reading of the audience stands
  cursor jsonb,
  -- up to when the throttle has been used
  fed_until timestamptz,
  audience_size int4 not null default 0,
  winner text,
  winner_reason text,
  problem text,
  launched_at timestamptz,
  started_at timestamptz,
  tested_at timestamptz,
  ended_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index broadcasts_step on messages.broadcasts (step_at) where step_at is not null and not paused;

-- People of an audience whose turn has not come. Wave 0 is sent, or tested; wave 1 waits for the winner; those held
-- out stay until what came of the broadcast is of no more interest.
create table messages.recipients (
  broadcast_id uuid not null references messages.broadcasts,
  profile_id uuid not null,
  first_profile_id uuid,
  wave int2 not null,
  variant text,
  due_at timestamptz not null,
  ordered_at timestamptz,
  revenue_minor int8,
  currency text,
  primary key (broadcast_id, profile_id)
);
create index recipients_turn on messages.recipients (broadcast_id, wave, due_at);
create index recipients_profile on messages.recipients (profile_id);

-- How many messages of a broadcast have come to which end; counted in the transaction that writes the end.
create table messages.broadcast_counts (
  broadcast_id uuid not null references messages.broadcasts,
  status text not null,
  n int4 not null,
  primary key (broadcast_id, status)
);
