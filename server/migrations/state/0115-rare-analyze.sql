-- Rows that change with nearly every event still made autovacuum analyse these tables every few seconds while they are small: a
-- tenth of what PostgreSQL did. They are read by key alone, for which the number of rows, which every vacuum counts, is enough.
alter table profiles.profiles set (autovacuum_analyze_scale_factor = 20);
alter table segments.states set (autovacuum_analyze_scale_factor = 20);
alter table segments.people set (autovacuum_analyze_scale_factor = 20);
alter table decisions.device set (autovacuum_analyze_scale_factor = 20);
alter table journeys.runs alter column carries set statistics 0;
alter table journeys.runs alter column trail set statistics 0;
