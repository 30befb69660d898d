-- By which version each way was gone: what an experiment has drawn is compared with the shares that were in force then.
-- 0: before this was kept.
alter table journeys.flows add column version int4 not null default 0;
