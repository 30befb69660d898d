-- Journeys and templates are archived, never deleted: to look for them once more with every run that begins and every message
-- that is written down was a quarter of the cost of its row.
alter table journeys.runs drop constraint runs_journey_id_fkey;
alter table messages.messages drop constraint messages_template_id_fkey;
-- A crowd that enters made autovacuum go through its six indexes every few seconds.
alter table journeys.runs set (autovacuum_vacuum_scale_factor = 0.5, autovacuum_vacuum_insert_scale_factor = 1);
