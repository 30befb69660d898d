-- No worker would ever look into another shard.
alter table collect.inbox add constraint inbox_shard_exists check (shard between 0 and 15) not valid;
