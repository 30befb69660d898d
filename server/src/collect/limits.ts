/** What one event may hold. How many and how large they may be is the operator's to set: `IntakeSettings`. */
export const limits = {
  idLength: 500,
  messageIdLength: 200,
  nameLength: 250,
  depth: 32,
  keys: 500,
} as const;

/** The inbox's shards; the number is part of the data's layout and never changes. */
export const SHARDS = 16;
