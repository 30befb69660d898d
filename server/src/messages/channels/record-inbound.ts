import { append, type KilimEvent, newEvent } from "../../collect/index.ts";
import type { Tx } from "../../platform/db.ts";
import { AppError } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import type { JsonObject } from "../../platform/json.ts";
import type { Channel } from "../content/kinds.ts";
import { eventChannel, eventName, SOURCE } from "../events.ts";
import { type Answered, insertInbound, type Keyword, markLastReplied, markReplied } from "../queries/inbound.pg.ts";
import { liftStop, suppressAll } from "../queries/suppressions.pg.ts";
import { sendDirect } from "../sending/send-mail.ts";
import type { OpenAccount } from "./accounts.ts";
import { providerOf } from "./adapters.ts";
import { replyTo } from "./keyword-replies.ts";
import { keywordOf } from "./keywords.ts";
import type { ProviderNews } from "./provider-news.ts";
import type { NewsDeps } from "./record-news.ts";

type Received = Extract<ProviderNews, { kind: "received" }>;

/** What somebody says within so long after a message of ours is an answer to it. */
const ANSWERS_WITHIN = { hours: 72 };

/** Keeps what somebody wrote to us, once, and heeds STOP and START at once. Gives the id it is kept under. */
export async function recordInbound(
  tx: Tx,
  deps: NewsDeps,
  account: OpenAccount & { readonly id: string },
  news: Received,
): Promise<string | null> {
  const channel = account.channel as Channel;
  const now = deps.clock.now();
  const at = news.at !== null && Date.parse(news.at) <= now.epochMilliseconds ? news.at : now.toString();
  const known = await personAt(tx, deps, channel, news.from);
  const answered =
    (news.answers === null ? undefined : await markReplied(tx, account.id, news.answers, at)) ??
    (known === null
      ? undefined
      : await markLastReplied(tx, channel, known, at, now.subtract(ANSWERS_WITHIN).toString()));
  const id = newId(deps.clock);
  const keyword = keywordOf(news.text);
  const profileId = answered?.profile_id ?? known;
  const isNew = await insertInbound(tx, {
    id,
    accountId: account.id,
    channel,
    providerId: news.providerId,
    profileId,
    from: news.from,
    text: news.text,
    keyword,
    messageId: answered?.id ?? null,
    at,
  });
  if (!isNew) return null;
  const address = { channel, address: news.from };
  if (keyword === "stop") await suppressAll(tx, [address], "stopped", now.toString());
  if (keyword === "start") await liftStop(tx, channel, news.from);
  await reply(tx, deps, account, { profileId, from: news.from, text: news.text });
  await append(tx, eventsOf(deps, { id, channel, at, keyword, profileId, answered, news }));
  return id;
}

/** One answer to one word; also to STOP, as carriers ask for it, though nothing more goes to that number. */
async function reply(
  tx: Tx,
  deps: NewsDeps,
  account: OpenAccount,
  { profileId, from, text }: { readonly profileId: string | null; readonly from: string; readonly text: string },
): Promise<void> {
  if (account.channel !== "sms" || !providerOf("sms", account.provider)?.repliesByMessage) return;
  const words = replyTo(account.settings, text);
  if (words === null) return;
  await sendDirect(tx, deps, { profileId, to: from, content: { channel: "sms", text: words } });
}

/** A phone is known by its number; a person at a social network by what the network calls them. */
async function personAt(tx: Tx, deps: NewsDeps, channel: Channel, from: string): Promise<string | null> {
  const ref = channel === "social" ? `anonymous_id:${from}` : `phone:${from}`;
  try {
    return await deps.resolveProfile(tx, ref);
  } catch (error) {
    // Nobody we know yet: the event below makes them known.
    if (error instanceof AppError) return null;
    throw error;
  }
}

interface Inbound {
  readonly id: string;
  readonly channel: Channel;
  readonly at: string;
  readonly keyword: Keyword | null;
  readonly profileId: string | null;
  readonly answered: Answered | undefined;
  readonly news: Received;
}

function eventsOf(deps: NewsDeps, { id, channel, at, keyword, profileId, answered, news }: Inbound): KilimEvent[] {
  const who =
    profileId !== null
      ? { profileId }
      : channel === "social"
        ? { anonymousId: news.from }
        : { context: { traits: { phone: news.from } } };
  const make = (name: string, properties: JsonObject, part: string) =>
    newEvent(deps.clock, {
      messageId: `inbound:${id}:${part}`,
      source: SOURCE,
      name,
      timestamp: new Date(at).toISOString(),
      channel: eventChannel(channel),
      ...who,
      properties,
    });
  const about = {
    inbound_id: id,
    message_id: answered?.id ?? null,
    template_id: answered?.template_id ?? null,
    journey_id: answered?.journey_id ?? null,
  };
  const events = [make(eventName(channel, "Received"), { ...about, text: news.text, keyword }, "received")];
  if (answered && keyword === null) events.push(make(eventName(channel, "Replied"), about, "replied"));
  if (keyword === "stop" || keyword === "start") {
    const state = keyword === "stop" ? "denied" : "granted";
    const proof = { channel, purpose: "marketing", state, source: "reply", wording: news.text.slice(0, 200) };
    events.push(make("Consent Changed", { ...proof, ...about }, "consent"));
  }
  return events;
}
