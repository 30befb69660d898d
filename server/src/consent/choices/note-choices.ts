import type { KilimEvent } from "../../collect/contracts.ts";
import { append, newEvent } from "../../collect/index.ts";
import type { Clock } from "../../platform/clock.ts";
import { send, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { isJsonObject } from "../../platform/json.ts";
import type { Batch } from "../../profiles/contracts.ts";
import type { Proof } from "../contracts.ts";
import { type ChoiceRow, insertChoices } from "../queries/choices.pg.ts";

/** Every choice that a batch tells of is kept with its proof: when, where, under which words, by whom. */
export function noteBatch(tx: Tx, { events, now }: Batch): void {
  const choices = events.flatMap(({ event, profileId }) => choiceOf(event, profileId) ?? []);
  if (choices.length > 0) send(tx, insertChoices(choices, now.toString()));
}

/** Read as the profile's fold reads it, so that both know the same. */
function choiceOf(event: KilimEvent, profileId: string): ChoiceRow | null {
  if (event.name !== "Consent Changed") return null;
  const { channel, purpose, state, source, wording } = event.properties;
  if (typeof channel !== "string" || (state !== "granted" && state !== "denied")) return null;
  return {
    key: `${event.source}:${event.messageId}`,
    profileId,
    channel: channel.slice(0, 20),
    purpose: typeof purpose === "string" ? purpose.slice(0, 40) : "marketing",
    state,
    at: event.timestamp,
    source: typeof source === "string" ? source.slice(0, 100) : event.source,
    wording: typeof wording === "string" ? wording.slice(0, 2000) : null,
    proof: proofOf(event),
  };
}

/** Where it was said. A page is kept without its query, which may name people. */
function proofOf(event: KilimEvent): Proof {
  const { proof } = event.properties;
  const page = isJsonObject(event.context.page) ? event.context.page.url : null;
  const told = isJsonObject(proof) ? Object.entries(proof).slice(0, 12) : [];
  return {
    said_on: event.channel,
    ...(event.touchpoint === null ? {} : { touchpoint: event.touchpoint }),
    ...(typeof page === "string" ? { page: bare(page) } : {}),
    ...(isJsonObject(event.context.import) ? { import: String(event.context.import.id) } : {}),
    ...(event.historical ? { imported: true } : {}),
    ...Object.fromEntries(
      told.flatMap(([key, value]) => (typeof value === "string" ? [[key, value.slice(0, 300)]] : [])),
    ),
  };
}

export function bare(url: string): string {
  return (url.split(/[?#]/)[0] ?? "").slice(0, 300);
}

export interface Choice {
  readonly profileId: string;
  readonly channel: string;
  readonly purpose: string;
  readonly state: "granted" | "denied";
  readonly source: string;
  readonly wording: string;
  readonly proof?: Proof;
}

/**
 * Makes choices hold at once, before their events are folded: the event and its note are written together. Wake "inbox"
 * after the commit.
 */
export async function choose(tx: Tx, clock: Clock, choices: readonly Choice[]): Promise<void> {
  const events = choices.map(({ profileId, proof, ...said }) =>
    newEvent(clock, {
      messageId: `choice:${newId(clock)}`,
      source: "consent",
      name: "Consent Changed",
      profileId,
      // Said on a page that we host, whatever channel it is about.
      channel: "web",
      properties: { ...said, proof: proof ?? {} },
    }),
  );
  await tell(tx, clock, events);
}

/** Writes `Consent Changed` events of ours together with their notes, so that they hold before they are folded. */
export async function tell(tx: Tx, clock: Clock, events: readonly KilimEvent[]): Promise<void> {
  const notes = events.flatMap((event) => (event.profileId === null ? [] : (choiceOf(event, event.profileId) ?? [])));
  if (notes.length > 0) await insertChoices(notes, clock.now().toString()).execute(tx);
  await append(tx, events);
}
