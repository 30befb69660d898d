-- Whose event this is: at first whom it was recognised for, later whom that person was merged into or separated from.
-- `profile_id` stays what it was when the event was worked in, so that rows keep their order and a merge can be undone.
alter table events add column if not exists person_id UUID default profile_id;

-- Overrides are flat from here on (every id straight to the one that lives): chains of before are written out once.
insert into profile_overrides
select one.from_id, if(three.into_id = toUUID('00000000-0000-0000-0000-000000000000'), two.into_id, three.into_id), greatest(one.newest, two.newest, three.newest)
from (select from_id, argMax(into_id, version) as into_id, max(version) as newest from profile_overrides group by from_id) as one
left any join (select from_id, argMax(into_id, version) as into_id, max(version) as newest from profile_overrides group by from_id) as two on one.into_id = two.from_id
left any join (select from_id, argMax(into_id, version) as into_id, max(version) as newest from profile_overrides group by from_id) as three on two.into_id = three.from_id
where two.from_id != toUUID('00000000-0000-0000-0000-000000000000');
