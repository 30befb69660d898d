export interface Told {
  readonly type: string;
  readonly profile_id: string | null;
  readonly happened_at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * What the receiver reads. The person's id with the retailer is asked for at the moment of sending and kept nowhere: it
 * may have become known only since.
 */
export function composeBody(told: Told, userIds: ReadonlyMap<string, string>): string {
  const { type, profile_id: id, happened_at, data } = told;
  if (id === null) return JSON.stringify({ type, timestamp: happened_at, data });
  return JSON.stringify({
    type,
    timestamp: happened_at,
    data: { ...data, profile: { id, user_id: userIds.get(id) ?? null } },
  });
}
