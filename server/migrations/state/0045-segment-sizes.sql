-- How large segments are and were. Counting the members of a large segment takes a tenth of a second; a list of segments
-- and a line over time cannot afford that. So whatever comes into or goes out of `memberships`, by whatever statement,
-- leaves a difference behind, in the same transaction and without touching a row that another transaction wants; a
-- sampler adds the differences up once a minute. Size = rule_sizes + what waits in size_changes, exact at every moment.
create table segments.size_changes (
  id int8 generated always as identity primary key,
  rule_id uuid not null,
  change int8 not null
);

create table segments.rule_sizes (
  rule_id uuid primary key,
  size int8 not null
);
insert into segments.rule_sizes select rule_id, count(*) from segments.memberships group by rule_id;

-- The size as it stood at that moment; between two samples it may have been anything.
create table segments.size_samples (
  segment_id uuid not null,
  at timestamptz not null,
  size int8 not null,
  primary key (segment_id, at)
);

create function segments.note_entered() returns trigger language plpgsql as $$
begin
  insert into segments.size_changes (rule_id, change) select rule_id, count(*) from fresh group by rule_id;
  return null;
end $$;

create function segments.note_left() returns trigger language plpgsql as $$
begin
  insert into segments.size_changes (rule_id, change) select rule_id, -count(*) from gone group by rule_id;
  return null;
end $$;

create trigger memberships_entered after insert on segments.memberships
  referencing new table as fresh for each statement execute function segments.note_entered();
create trigger memberships_left after delete on segments.memberships
  referencing old table as gone for each statement execute function segments.note_left();
