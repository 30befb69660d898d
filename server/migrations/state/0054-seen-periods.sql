-- An id was looked for in the partition of each of the last days. Periods of four days leave two or three of them.
alter table pipeline.seen drop constraint seen_pkey;
do $$
declare
  part regclass;
  start date;
  name text;
begin
  create temporary table kept on commit drop as
    select distinct on (id) id, day, digest from pipeline.seen order by id, day;
  for part in select inhrelid::regclass from pg_inherits where inhparent = 'pipeline.seen'::regclass loop
    execute format('drop table %s', part);
  end loop;
  for start in select distinct date '1970-01-01' + (day - date '1970-01-01') / 4 * 4 from kept loop
    name := 'pipeline.seen_from_' || to_char(start, 'YYYYMMDD');
    execute format('create table %s partition of pipeline.seen for values in (%L, %L, %L, %L)',
      name, start, start + 1, start + 2, start + 3);
    execute format('insert into %s select id, day, digest from kept where day between %L and %L', name, start, start + 3);
    execute format('alter table %s add primary key (id)', name);
  end loop;
end
$$;
