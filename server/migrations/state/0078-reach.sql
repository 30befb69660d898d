create schema experiments;

-- One row: which part of all people gets no marketing, so that the worth of all of it can be seen.
create table experiments.holdout (
  id bool primary key default true check (id),
  share float8 not null check (share >= 0 and share <= 0.5),
  since timestamptz not null,
  changed_by text not null
);

create schema reach;

-- How people at large meet what we send, computed anew each hour from the newest messages: of everybody (cell '') and of
-- those of one language. What a single person does is read from their own messages; nothing of anybody is kept here.
create table reach.curves (
  cell text primary key,
  -- { channels: { channel: [sent, worth] }, hours: { hour of week: [sent, worth] } }
  learnt jsonb not null,
  computed_at timestamptz not null
);

-- One row: what channels cost, which are chosen from, how much is tried out.
create table reach.settings (
  id bool primary key default true check (id),
  settings jsonb not null,
  changed_by text not null,
  updated_at timestamptz not null
);
