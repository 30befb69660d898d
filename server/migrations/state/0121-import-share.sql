-- How far an import of products is: bytes of its file, and how many of them were read for the rows that are taken.
-- Of imports begun before, the length is not known.
alter table catalog.import add column bytes int8, add column bytes_done int8 not null default 0;
