-- Boundaries of the RFM scores, one row per computation. Scores are told by the newest.
create table segments.rfm_versions (
  id int4 generated always as identity primary key,
  computed_at timestamptz not null,
  -- How many people they were computed from.
  people int4 not null,
  boundaries jsonb not null
);
