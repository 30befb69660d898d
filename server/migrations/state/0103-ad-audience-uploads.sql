-- What a network made of what it was told: some say it at once, others hours later, when they are asked.
create table messages.audience_uploads (
  id uuid primary key,
  audience_id uuid not null references messages.audiences on delete cascade,
  kind text not null check (kind in ('added', 'removed')),
  people int4 not null,
  -- what the network calls the request; null where it has nothing to be asked for
  request_id text,
  told_at timestamptz not null,
  -- `silent`: it has not said what became of it for two days
  state text not null check (state in ('processing', 'done', 'partial', 'failed', 'silent')),
  -- when it is asked (again); null once it has said
  ask_at timestamptz,
  asked int4 not null default 0,
  -- what it knows of those it was told of, in per cent
  match_from int4,
  match_to int4,
  -- [{ reason, people }], in the network's own words
  problems jsonb not null default '[]',
  -- how often the network has been told
  tries int4 not null default 1,
  -- whom it was to forget, until it has said that it did; each person's hashes with a space between
  hashes text[]
);
create index audience_uploads_due on messages.audience_uploads (ask_at) where ask_at is not null;
create index audience_uploads_audience on messages.audience_uploads (audience_id, told_at, id);
