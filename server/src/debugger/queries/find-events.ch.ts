import type { History } from "../../platform/history.ts";

/** A line of History's `events`, as far as the debugger shows it. */
export interface EventLine {
  readonly profile_id: string;
  readonly timestamp: string;
  readonly message_id: string;
  readonly source: string;
  readonly type: string;
  readonly name: string;
  readonly channel: string;
  readonly touchpoint: string;
  readonly historical: number;
  readonly received_at: string;
  readonly user_id: string;
  readonly anonymous_id: string;
  readonly properties: string;
  readonly traits: string;
  readonly context: string;
  readonly bot?: number;
}

export interface EventFilter {
  readonly source?: string | undefined;
  readonly type?: string | undefined;
  readonly name?: string | undefined;
  readonly identifier?: string | undefined;
  /** Whose the identifier is, with the ids merged into them. */
  readonly profileIds: readonly string[];
  readonly before?: { readonly at: string; readonly tie: string } | undefined;
}

const COLUMNS = `profile_id, timestamp, message_id, source, type, name, channel, touchpoint, historical, received_at,
  user_id, anonymous_id, properties, traits, context, bot`;

/**
 * The newest events received since `since`, newest first. Parts whose every event is older are not opened: ClickHouse
 * keeps the least and greatest `received_at` of each part.
 */
export async function findEvents(
  history: History,
  filter: EventFilter,
  since: string,
  limit: number,
): Promise<EventLine[]> {
  const { source, type, name, identifier, before } = filter;
  const where = [
    "received_at >= {since:DateTime64(3)}",
    ...(before ? ["(received_at, concat(source, ':', message_id)) < ({at:DateTime64(3)}, {tie:String})"] : []),
    ...(before ? ["received_at <= {at:DateTime64(3)}"] : []),
    ...(source === undefined ? [] : ["source = {source:String}"]),
    ...(type === undefined ? [] : ["type = {type:String}"]),
    ...(name === undefined ? [] : ["positionCaseInsensitiveUTF8(name, {name:String}) > 0"]),
    ...(identifier === undefined
      ? []
      : [
          `(user_id = {identifier:String} or anonymous_id = {identifier:String} or message_id = {identifier:String}
            or profile_id in {profileIds:Array(UUID)} or positionCaseInsensitiveUTF8(traits, {quoted:String}) > 0)`,
        ]),
  ];
  return history.query(
    `select ${COLUMNS} from events where ${where.join(" and ")}
     order by received_at desc, concat(source, ':', message_id) desc limit {limit:UInt32}`,
    {
      since,
      limit,
      ...(before ? { at: before.at, tie: before.tie } : {}),
      ...(source === undefined ? {} : { source }),
      ...(type === undefined ? {} : { type }),
      ...(name === undefined ? {} : { name }),
      ...(identifier === undefined
        ? {}
        : { identifier, quoted: JSON.stringify(identifier), profileIds: filter.profileIds }),
    },
  );
}

export async function readEventLine(
  history: History,
  key: { readonly receivedAt: string; readonly source: string; readonly messageId: string },
): Promise<EventLine | null> {
  const [line] = await history.query<EventLine>(
    `select ${COLUMNS} from events
     where received_at = {receivedAt:DateTime64(3)} and source = {source:String} and message_id = {messageId:String} limit 1`,
    key,
  );
  return line ?? null;
}
