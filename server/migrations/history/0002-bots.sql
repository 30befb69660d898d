-- What bots and scanners did: of nobody, and in no figure.
alter table events add column if not exists bot UInt8;
