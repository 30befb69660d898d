-- Wish and shopping lists. Like a cart, a list is either a device's (nobody has proven anything) or a person's.
create table lists.list (
  id uuid primary key,
  profile_id uuid not null,
  anonymous_id text check (length(anonymous_id) <= 300),
  kind text not null check (kind in ('wish', 'shopping')),
  -- Null: the main list of its kind; the screens call it "Wish list" in the reader's language.
  name text check (length(name) between 1 and 120),
  origin text not null check (origin in ('shopper', 'associate', 'kiosk')),
  -- Where it was made, when in a store.
  store_id uuid,
  -- The number of the last change; every item carries that of the change that touched it last.
  seq int8 not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index on lists.list (profile_id);
create index on lists.list (anonymous_id) where anonymous_id is not null;
create unique index one_main_per_person on lists.list (profile_id, kind) where anonymous_id is null and name is null;
create unique index one_main_per_device on lists.list (anonymous_id, kind) where name is null;

create table lists.list_item (
  list_id uuid not null references lists.list on delete cascade,
  -- Made by whoever adds it, so that a screen can show it before we have answered.
  id uuid not null,
  variant_id uuid not null,
  quantity int4 not null check (quantity between 1 and 99),
  note text check (length(note) between 1 and 1000),
  photo_id uuid,
  dimensions jsonb,
  store_id uuid,
  chat_url text check (length(chat_url) <= 500),
  author_kind text not null check (author_kind in ('shopper', 'associate', 'kiosk', 'guest')),
  author_name text check (length(author_name) between 1 and 120),
  -- What it cost then; a drop is a drop against this.
  price int8 not null,
  currency text not null,
  added_at timestamptz not null,
  updated_at timestamptz not null,
  seq int8 not null,
  removed_at timestamptz,
  removal text check (removal in ('removed', 'bought')),
  primary key (list_id, id),
  check ((removed_at is null) = (removal is null))
);
create index on lists.list_item (list_id, seq);
create index on lists.list_item (variant_id, list_id, id) where removed_at is null;

-- What was done already: a change that is sent twice is done once. Kept for some days.
create table lists.list_operation (
  list_id uuid not null references lists.list on delete cascade,
  id uuid not null,
  at timestamptz not null,
  primary key (list_id, id)
);

create table lists.photo (
  id uuid primary key,
  list_id uuid not null references lists.list on delete cascade,
  type text not null check (type in ('image/jpeg', 'image/png', 'image/webp')),
  bytes bytea not null check (length(bytes) <= 8388608),
  created_at timestamptz not null
);
create index on lists.photo (list_id);

create table lists.share (
  id uuid primary key,
  list_id uuid not null references lists.list on delete cascade,
  -- A claim makes the list belong to whoever signs in with it: what a kiosk mails.
  right_given text not null check (right_given in ('read', 'edit', 'claim')),
  is_mailed boolean not null,
  -- Marks the address without naming it, to bound how much goes to one.
  address_mark text,
  -- The words under which news were asked for and are not yet confirmed.
  consent_wording text check (length(consent_wording) <= 2000),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index on lists.share (list_id);
create index on lists.share (address_mark, created_at) where address_mark is not null;

-- A list that the staff of a store is asked to bring to the till.
create table lists.errand (
  id uuid primary key,
  list_id uuid not null references lists.list on delete cascade,
  store_id uuid not null,
  state text not null check (state in ('open', 'taken', 'ready', 'done', 'cancelled')),
  -- What the staff may call out.
  called text check (length(called) between 1 and 60),
  note text check (length(note) between 1 and 500),
  taken_by text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index one_errand_at_a_time on lists.errand (list_id, store_id) where state in ('open', 'taken', 'ready');
create index on lists.errand (store_id, state, created_at, id);
create index on lists.errand (list_id);

create table lists.errand_item (
  errand_id uuid not null references lists.errand on delete cascade,
  item_id uuid not null,
  is_found boolean not null,
  primary key (errand_id, item_id)
);

-- Where goods lie in a store, as its staff call it: "B-14".
create table inventory.shelf_place (
  store_id uuid not null,
  variant_id uuid not null,
  place text not null check (length(place) between 1 and 40),
  primary key (store_id, variant_id)
);
