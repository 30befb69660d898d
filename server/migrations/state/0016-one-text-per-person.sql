-- A person's row becomes one JSON text. As six columns, three of them jsonb, reading and writing it was the largest cost
-- of an event on both sides of the wire; nothing but the fold and its readers ever looked inside.
alter table profiles.profiles add column data text;
alter table profiles.profiles alter column data set storage external;
update profiles.profiles set data = jsonb_build_object(
  'traits', traits,
  'consent', consent,
  'firstSeen', to_char(first_seen at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'lastSeen', to_char(last_seen at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'memory', memory::jsonb
)::text;
alter table profiles.profiles
  alter column data set default '{}',
  alter column data set not null,
  drop column traits, drop column computed, drop column consent, drop column memory, drop column first_seen, drop column last_seen;
