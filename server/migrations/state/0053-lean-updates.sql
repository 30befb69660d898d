-- Room for the next version of a row beside it: no index then hears of an update.
alter table segments.states set (fillfactor = 70);
alter table decisions.device set (fillfactor = 70);

-- The day is enough to forget a device by, and changes once a day, not with each view.
alter table decisions.device alter column updated_at type date using (updated_at at time zone 'UTC')::date;
alter table decisions.device rename column updated_at to seen_on;

-- Rows live here for a moment only: every look at the oldest passes by those that are gone until they are swept.
alter table collect.inbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
