-- What was put together at a kiosk, or by a friend, lies in a cart under the name of who put it there.
alter table lists.cart_item
  drop constraint cart_item_author_kind_check,
  add constraint cart_item_author_kind_check check (author_kind in ('shopper', 'associate', 'kiosk', 'guest'));
