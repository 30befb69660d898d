create schema demo;

-- The one load of the demo retailer: what it was begun with, so that it goes on to the same people after any end.
create table demo.load (
  is_only boolean primary key default true check (is_only),
  seed text not null,
  people int4 not null,
  -- The year of the demo's people ends here.
  until timestamptz not null,
  chunks_done int4 not null default 0,
  -- What has been made already, by the demo's name for it.
  made jsonb not null default '{}',
  finished_at timestamptz
);
