import type { History } from "../../../platform/history.ts";
import type { Outcomes, ReportBy } from "../contracts.ts";

/** Which messages: those made in a time, of a channel, a template … when it is named. */
export interface MessagesAsked {
  readonly from: string;
  readonly to: string;
  readonly channel: string | null;
  readonly template: string | null;
  readonly broadcast: string | null;
  readonly journey: string | null;
}

export interface OutcomesAsked extends MessagesAsked {
  readonly by: ReportBy;
}

export interface OutcomesRow extends Omit<Outcomes, "revenue"> {
  readonly key: string;
  readonly currencies: readonly string[];
  readonly amounts: readonly number[];
  readonly channels: readonly string[];
  /** Those sent, by `channels`. */
  readonly sent_by: readonly number[];
}

const property = (name: string) => `JSONExtractString(properties, '${name}')`;
const KEYS: Readonly<Record<ReportBy, string>> = {
  channel: `if(name = 'Consent Changed', ${property("channel")}, lower(substringIndex(name, ' ', 1)))`,
  template: property("template_id"),
  broadcast: property("broadcast_id"),
  variant: property("variant"),
  journey: property("journey_id"),
  link: property("url"),
  day: "toString(toDate(UUIDv7ToDateTime(toUUIDOrZero(message), 'UTC')))",
};
/** Fates in the names of events, and what is counted of them. */
const FATES = {
  sent: "Sent",
  delivered: "Delivered",
  opened: "Opened",
  clicked: "Clicked",
  converted: "Converted",
  bounced: "Bounced",
  complained: "Complained",
  failed: "Failed",
  skipped: "Skipped",
} as const satisfies Partial<Record<keyof Outcomes, string>>;
/** What comes of a message comes within this of its making. */
const LATEST = 60;

const MESSAGE = `${property("message_id")} as message`;

/** What is told of these messages; `message` and `channel` are names of it. */
function aboutThem(asked: MessagesAsked): string {
  const named = (["template", "broadcast", "journey"] as const).flatMap((name) =>
    asked[name] === null ? [] : [`and ${property(`${name}_id`)} = {${name}:String}`],
  );
  if (asked.channel !== null) named.push("and channel = {channel:String}");
  return `source = 'messages' and received_at >= {from:DateTime64(3, 'UTC')}
         and received_at < {to:DateTime64(3, 'UTC')} + interval ${LATEST} day and message != ''
         and UUIDv7ToDateTime(toUUIDOrZero(message), 'UTC') >= {from:DateTime64(3, 'UTC')}
         and UUIDv7ToDateTime(toUUIDOrZero(message), 'UTC') < {to:DateTime64(3, 'UTC')} ${named.join(" ")}`;
}

/** Why some of them were not sent, the commonest first. */
export async function readSkipped(
  history: History,
  asked: MessagesAsked,
): Promise<{ reason: string; messages: number }[]> {
  return history.query(
    `select ${property("reason")} as reason, uniqExact(message) as messages from (
       select ${MESSAGE}, ${KEYS.channel} as channel, name, properties from events
       where ${aboutThem(asked)} and endsWith(name, ' Skipped')
     ) group by reason order by messages desc, reason limit 50`,
    { ...asked },
  );
}

/**
 * A message is of one channel: what is counted by channel adds up.
 *
 * What came of the messages that were made in a time: a message's id carries when. Each counts once per outcome, also
 * over repeats; a click tells an opening, where the picture was not loaded.
 */
export async function readOutcomes(history: History, asked: OutcomesAsked): Promise<OutcomesRow[]> {
  const { by, ...params } = asked;
  const counts = Object.entries(FATES).map(([key, fate]) => {
    const is = key === "opened" ? `fate in ('Opened', 'Clicked')` : `fate = '${fate}'`;
    return `uniqExactIf(message, ${is}) as n_${key}`;
  });
  const sums = [...Object.keys(FATES), "unsubscribed"].map((key) => `sum(n_${key}) as ${key}`);
  return history.query(
    `select key, ${sums.join(", ")}, (sumMap(revenue.1, revenue.2) as all).1 as currencies, all.2 as amounts,
       groupArray(channel) as channels, groupArray(n_sent) as sent_by
     from (
     select key, channel, ${counts.join(", ")},
       uniqExactIf(message, fate = 'Changed') as n_unsubscribed,
       sumMapIf([currency], [amount], fate = 'Converted') as revenue
     from (
       select ${KEYS[by]} as key, ${KEYS.channel} as channel, ${MESSAGE}, arrayElement(splitByChar(' ', name), -1) as fate,
         ${property("currency")} as currency, JSONExtractInt(properties, 'revenue_minor') as amount
       from events
       where ${aboutThem(asked)} and (name != 'Consent Changed' or ${property("state")} = 'denied')
         ${by === "link" ? "and fate = 'Clicked'" : ""}
     )
     where key != '' group by key, channel
     ) group by key order by ${by === "day" ? "key" : "sent desc, clicked desc, key"} limit 500`,
    params,
  );
}
