-- Which broadcast a message belongs to and which of its variants it shows; what an order it led to was worth.
alter table messages.messages
  add column broadcast_id uuid,
  add column variant text,
  add column revenue_minor int8,
  add column currency text;
create index messages_broadcast on messages.messages (broadcast_id, status) where broadcast_id is not null;

-- Each lane and channel is a queue of its own, so that a slow provider delays only its own messages.
drop index messages.messages_due;
create index messages_due on messages.messages (lane, channel, due_at) where status in ('queued', 'sending') and not held;

-- Three updates per message within a second: room in the page spares the indexes most of them.
alter table messages.messages set (fillfactor = 70);

-- What failed for good, newest first, for the screen that shows it.
create index messages_failed on messages.messages (created_at desc, id desc) where status in ('failed', 'bounced');

-- When a way out that may only be used so often is free again; shared by all nodes.
create table messages.paces (
  key text primary key,
  free_at timestamptz not null
);
