-- Nothing but Node looks into a state. As jsonb each was parsed, number by number, at every write and printed at every read,
-- which cost as much as its place in the table.
alter table segments.states alter column state type text using state::text;
alter table segments.states alter column state set statistics 0;

-- Written anew with every horizon that moves, and asked only when a rule is taken away: a look through the whole table, which
-- nobody waits for, costs less than that.
drop index segments.horizons_rule;
