-- Which row of a running import was the first of its SKU, and what it said; gone once the import is done. On disk, so
-- that neither the length of a file nor a kill matters.
create table catalog.import_sku (
  import_id uuid not null references catalog.import,
  sku text not null,
  row int8 not null,
  said text not null,
  primary key (import_id, sku)
);

-- The row that a refused one repeats.
alter table catalog.import_problem add column first_row int8;
