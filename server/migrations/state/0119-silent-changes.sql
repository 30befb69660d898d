-- What only historical events have changed is passed on as such, also of people who waited for History.
alter table segments.pending_changes add column historical boolean not null default false;
