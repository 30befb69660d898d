-- An audience may also be filled by journeys alone; one that is to go is emptied at the network first.
alter table messages.audiences
  alter column segment_id drop not null,
  drop constraint audiences_state_check,
  add constraint audiences_state_check check (state in ('filling', 'live', 'paused', 'leaving')),
  add column tries int4 not null default 0,
  -- when its segment is read through again, for what no notice has told
  add column pass_at timestamptz,
  -- fences off a worker that was taken for dead
  add column claim int4 not null default 0;
create index audiences_segment on messages.audiences (segment_id);

-- `told`: the hashes the network has or may have of a person, each behind its kind: `email:…`, `phone:…`.
alter table messages.audience_members drop column told;
alter table messages.audience_members
  add column told text[],
  -- counts its changes: one that comes while the network is told makes the row due again
  add column version int4 not null default 0;
create index audience_members_told on messages.audience_members using gin (told) where told is not null;
