-- Whether chance sent people along a way of an experiment, or they were given the arm that had won by then: only what was
-- drawn tells whether the split is the one asked for. null: before this was kept.
alter table journeys.flows add column drawn boolean;
