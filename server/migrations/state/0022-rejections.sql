-- What was refused at the door, for the event debugger: the newest of each key, for some days. `source` is the key's id,
-- '' when none was known. Texts as they came, cut; never more than a few hundred rows a key.
create table collect.rejections (
  id uuid primary key,
  at timestamptz not null,
  source text not null,
  -- a whole request, not one event of it
  is_request boolean not null,
  code text not null,
  message text not null,
  -- the first characters of a key that nobody knows
  key_hint text,
  type text,
  name text,
  user_id text,
  anonymous_id text,
  message_id text,
  -- user id, anonymous id, e-mail …, in lower case: for finding and for erasing
  identifiers text[] not null,
  field text,
  value text,
  payload text,
  is_cut boolean not null
);
create index rejections_source on collect.rejections (source, id desc);
create index rejections_at on collect.rejections (at);

-- All of them, counted: per hour, key and code; `accepted` is a code too.
create table collect.door_counts (
  hour timestamptz not null,
  source text not null,
  code text not null,
  n int8 not null,
  primary key (hour, source, code)
);
