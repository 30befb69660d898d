-- What has been imported, by kind of file and business key, for ever: the same order of the same kind counts once.
create table collect.imported (
  kind text not null,
  key text not null,
  -- SHA-256 of the event as it was taken in: tells a repeat from a file that says something else now.
  digest bytea not null,
  imported_at timestamptz not null,
  primary key (kind, key)
);
