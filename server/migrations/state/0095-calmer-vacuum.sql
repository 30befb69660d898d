-- Rows that change with nearly every event made autovacuum analyse whole tables every few seconds, texts and all, though
-- the statements of a batch find their rows by key whatever the statistics say. Columns nobody filters by are left out,
-- and the rest is looked at when half of it has changed.
alter table profiles.profiles alter column data set statistics 0;
alter table profiles.profiles set (autovacuum_analyze_scale_factor = 0.5, autovacuum_vacuum_scale_factor = 0.5);
alter table segments.states alter column state set statistics 0;
alter table segments.states set (autovacuum_analyze_scale_factor = 0.5, autovacuum_vacuum_scale_factor = 0.5);
alter table segments.people set (autovacuum_analyze_scale_factor = 0.5);
alter table decisions.device alter column viewed set statistics 0;
alter table decisions.device set (autovacuum_analyze_scale_factor = 0.5, autovacuum_vacuum_scale_factor = 0.5);
alter table identity.identifiers set (autovacuum_analyze_scale_factor = 0.5);
alter table collect.inbox alter column events set statistics 0;
alter table collect.inbox set (autovacuum_analyze_threshold = 100000);
alter table pipeline.outbox alter column rows set statistics 0;
alter table pipeline.outbox alter column profile_ids set statistics 0;
alter table profiles.likeness_keys set (autovacuum_analyze_scale_factor = 0.5);
