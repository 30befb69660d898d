-- Kept with every new state that a batch writes, and asked only when a predicate is dropped: a look through the whole
-- table, which nobody waits for, costs less than that.
drop index segments.states_predicate;
