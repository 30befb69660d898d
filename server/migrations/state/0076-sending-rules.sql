create schema consent;

-- One row: how often, when and in which hours people may be written to. Checked by the room's schema.
create table consent.rules (
  id bool primary key default true check (id),
  rules jsonb not null,
  changed_by text not null,
  updated_at timestamptz not null
);

-- What a message is about (a topic people can say no to), and which of several that compete goes first.
alter table messages.templates add column topic text, add column priority int2 not null default 0;
alter table messages.messages add column topic text, add column priority int2 not null default 0;

-- Which reasons there are is the room's to say: providers bring new ones (STOP), and erasures.
alter table messages.suppressions drop constraint if exists suppressions_reason_check;
