-- Entries of older blocks of a series (sums, long counts): read when the window's edge comes to them, never with each
-- event. What is not here either is read from History.
create table segments.blocks (
  profile_id uuid not null,
  predicate_id int4 not null,
  -- First time of the block, ms since 1970.
  from_at int8 not null,
  entries jsonb not null,
  primary key (profile_id, predicate_id, from_at)
);
create index blocks_predicate on segments.blocks (predicate_id);

-- Whether a part of the person's entries is in History only.
alter table segments.states add column in_history boolean not null default false;
create index states_in_history on segments.states (profile_id) where in_history;

-- Nobody can be decided by State alone at this horizon: the entries of a block have to be read from History first.
alter table segments.horizons add column waits boolean not null default false;
drop index segments.horizons_due;
create index horizons_due on segments.horizons (due_at) where not waits;
create index horizons_waiting on segments.horizons (due_at) where waits;
