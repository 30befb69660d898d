-- Which node carries the outbox to History: one at a time, so that what ClickHouse refuses is set aside once. The epoch
-- rises with each change of hands, so that whoever lost it without noticing cannot write down what it did.
create table pipeline.shipping (
  only_row boolean primary key default true check (only_row),
  owner text,
  epoch int8 not null default 0,
  leased_until timestamptz
);
insert into pipeline.shipping default values;
