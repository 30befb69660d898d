-- The look and the voice that every channel shares. A version never changes; the newest is in force.
create table messages.brand_kits (
  version int4 primary key,
  kit jsonb not null,
  author text not null,
  created_at timestamptz not null
);

-- Pictures that were uploaded, as they were cleaned; the same picture is kept once.
create table messages.images (
  id uuid primary key,
  hash bytea not null unique,
  name text not null,
  media_type text not null,
  width int4 not null,
  height int4 not null,
  bytes bytea not null,
  author text not null,
  created_at timestamptz not null
);
-- They are compressed already.
alter table messages.images alter column bytes set storage external;

alter table messages.templates drop constraint if exists templates_channel_check;
alter table messages.template_versions
  add column author text not null default '',
  -- Why there is this version when no author wrote it: a shared block was published.
  add column note text;

-- What somebody is writing and nobody gets yet; `revision` tells whether another has written meanwhile.
create table messages.template_drafts (
  template_id uuid primary key references messages.templates,
  revision int4 not null,
  based_on int4 not null,
  body jsonb not null,
  author text not null,
  updated_at timestamptz not null
);

-- What several templates and channels share. `key` is how texts name it: {{ shared.<key> }}.
create table messages.blocks (
  id uuid primary key,
  key text not null unique,
  name text not null,
  version int4 not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create table messages.block_versions (
  block_id uuid not null references messages.blocks,
  version int4 not null,
  default_language text not null,
  contents jsonb not null,
  author text not null,
  published_at timestamptz not null,
  primary key (block_id, version)
);

-- Which published templates a block is compiled into, and at which version; `tried` is the last version somebody tried,
-- `problem` why that one could not be compiled in.
create table messages.block_uses (
  template_id uuid not null references messages.templates,
  block_id uuid not null references messages.blocks,
  version int4 not null,
  tried int4 not null,
  problem text,
  primary key (template_id, block_id)
);
create index block_uses_block on messages.block_uses (block_id);
