create schema lists;

-- A cart is either a device's (what this browser put in, without proof of who it is) or a person's (signed in).
-- Both belong to a profile; a device's cart goes over into the person's when she signs in on that device.
create table lists.cart (
  id uuid primary key,
  profile_id uuid not null,
  anonymous_id text unique check (length(anonymous_id) <= 300),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index on lists.cart (profile_id);
create unique index one_cart_per_person on lists.cart (profile_id) where anonymous_id is null;

create table lists.cart_item (
  cart_id uuid not null references lists.cart on delete cascade,
  variant_id uuid not null,
  quantity int4 not null check (quantity between 1 and 999),
  added_at timestamptz not null,
  updated_at timestamptz not null,
  -- The device that put it in.
  added_by text,
  primary key (cart_id, variant_id)
);
