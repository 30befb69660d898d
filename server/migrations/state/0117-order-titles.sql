-- What an ordered thing is called in other languages, beside its title: null of orders from before.
alter table orders.line add column titles jsonb;
