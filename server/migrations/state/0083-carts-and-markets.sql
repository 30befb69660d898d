-- What stands beside an item in a cart, as beside one on a list.
alter table lists.cart_item
  add column note text check (length(note) between 1 and 1000),
  add column photo_id uuid,
  add column dimensions jsonb,
  add column store_id uuid,
  add column chat_url text check (length(chat_url) <= 500),
  add column author_kind text not null default 'shopper' check (author_kind in ('shopper', 'associate')),
  add column author_name text check (length(author_name) between 1 and 120);
alter table lists.cart_item alter column author_kind drop default;

-- A photo belongs to a list or to a cart.
alter table lists.photo alter column list_id drop not null;
alter table lists.photo
  add column cart_id uuid references lists.cart on delete cascade,
  add constraint photo_of_one check (num_nonnulls(list_id, cart_id) = 1);
create index on lists.photo (cart_id) where cart_id is not null;

-- Where somebody buys: which of a variant's prices holds. Null: each variant's own.
alter table lists.cart
  add column currency text check (currency ~ '^[A-Z]{3}$'),
  add column region text check (region ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$');
alter table catalog.store add column currency text check (currency ~ '^[A-Z]{3}$');
alter table orders.book add column region text check (region ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$');
