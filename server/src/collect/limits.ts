/** What one event, one request and the inbox may hold. */
export const limits = {
  eventBytes: 32 * 1024,
  /** Inflated. Real clients send up to 900 kB against their own documents' 500 kB; refusing those would lose them. */
  bodyBytes: 4 * 1024 * 1024,
  batchEvents: 2_500,
  idLength: 500,
  messageIdLength: 200,
  nameLength: 250,
  depth: 32,
  keys: 500,
  /** Events waiting to be worked in; beyond it the answer is 429 rather than memory. */
  inboxEvents: 500_000,
} as const;

/** The inbox's shards; the number is part of the data's layout and never changes. */
export const SHARDS = 16;
