-- Every event once. `batch` is the outbox row that shipped it; properties are text, so that no payload can be refused.
create table if not exists events (
  profile_id UUID,
  timestamp DateTime64(3, 'UTC'),
  message_id String,
  source LowCardinality(String),
  type LowCardinality(String),
  name LowCardinality(String),
  channel LowCardinality(String),
  touchpoint LowCardinality(String),
  historical UInt8,
  received_at DateTime64(3, 'UTC'),
  user_id String,
  anonymous_id String,
  properties String codec(ZSTD(1)),
  traits String codec(ZSTD(1)),
  context String codec(ZSTD(1)),
  order_id String,
  revenue_minor Int64,
  currency LowCardinality(String),
  batch UInt64 codec(Delta, LZ4),
  index events_name name type set(64) granularity 4,
  index events_time timestamp type minmax granularity 4,
  index events_batch batch type minmax granularity 4
)
engine = MergeTree
partition by toYYYYMM(received_at)
order by (profile_id, timestamp)
settings non_replicated_deduplication_window = 10000;

-- Merged profiles: rows of `from_id` belong to `into_id`; the newest version counts.
create table if not exists profile_overrides (
  from_id UUID,
  into_id UUID,
  version UInt64
)
engine = ReplacingMergeTree(version)
order by from_id
settings non_replicated_deduplication_window = 10000;
