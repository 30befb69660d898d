-- What signs the calls of journeys, sealed; the one before signs along until then.
create table journeys.call_secret (
  id boolean primary key default true check (id),
  secret text not null,
  old_secret text,
  old_secret_until timestamptz
);
