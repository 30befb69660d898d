-- What every batch writes, in the form that costs least.

-- Only one query file reads what a device viewed, and only whole.
alter table decisions.device alter column viewed drop default;
alter table decisions.device alter column viewed type text using viewed::text;
alter table decisions.device alter column viewed set default '[]';

-- A batch has some thousand people, and is shipped a moment later: looking through the few batches on their way is far
-- cheaper than an entry per person in an inverted index, twice.
drop index pipeline.outbox_profiles;
