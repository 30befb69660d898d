-- Beside each message id a checksum of what it came with, for what comes from outside: another payload under a known id is
-- a mistake of the sender, and is reported.
alter table pipeline.seen add column digest int4;
