import type { KilimEvent } from "../../collect/index.ts";
import type { JsonObject } from "../../platform/json.ts";
import { isZone } from "../../platform/time-zone.ts";
import type { ConsentEntry } from "../contracts.ts";
import { foldCart } from "./fold-cart.ts";
import { foldLists } from "./fold-lists.ts";
import { foldOrder } from "./fold-orders.ts";
import {
  isBetterTold,
  isNewer,
  keyFor,
  type Memory,
  MOST_DEVICES,
  NEWEST_VIEWS,
  type TraitTold,
  type TraitValues,
} from "./memory.ts";

/** A profile while a batch is folded into it. */
export interface Folding {
  readonly id: string;
  /** As in its row; null for a locked one and for a new one. */
  readonly version: string | null;
  traits: TraitValues;
  consent: Record<string, Record<string, ConsentEntry>>;
  memory: Memory;
  firstSeen: string | null;
  lastSeen: string | null;
  /** Names of what changed, as in `Batch.changed`. */
  readonly changed: Set<string>;
}

const MOST_TRAITS = 500;
const ORDER_PARTS = [
  "orders",
  "revenue",
  "currency",
  "first_order_at",
  "last_order_at",
  "order_channels",
  "preferred_channel",
  "preferred_store",
  "sizes",
  "channels",
];

/** Folds one event into a profile. The result does not depend on the order in which events come. */
export function foldEvent(folding: Folding, event: KilimEvent): void {
  const { memory, changed } = folding;
  if (event.type === "identify") foldTraits(folding, event);
  if (event.name === "Consent Changed") foldConsent(folding, event);
  if (foldOrder(memory, event)) for (const part of ORDER_PARTS) changed.add(`computed:${part}`);
  if (foldCart(memory, event)) changed.add("computed:cart");
  if (foldLists(memory, event)) changed.add("computed:lists");
  if (event.name === "Product Viewed") foldView(folding, event);
  if (event.name === "Product Viewed" || event.name === "Product List Viewed") foldCategory(folding, event);
  if (isOurAct(event)) return;
  foldZone(folding, event);
  const channel = (memory.channels[event.channel] ??= { events: 0, last: event.timestamp });
  channel.events += 1;
  if (event.timestamp > channel.last) channel.last = event.timestamp;
  memory.events += 1;
  if (
    event.anonymousId !== null &&
    memory.devices.length < MOST_DEVICES &&
    !memory.devices.includes(event.anonymousId)
  ) {
    memory.devices.push(event.anonymousId);
    memory.devices.sort();
    changed.add("computed:devices");
  }
  if (folding.firstSeen === null || event.timestamp < folding.firstSeen) folding.firstSeen = event.timestamp;
  if (folding.lastSeen === null || event.timestamp > folding.lastSeen) folding.lastSeen = event.timestamp;
  changed.add("events");
}

const OUR_ACTS =
  /^(Segment|Journey) (Entered|Exited)$|^Journey (Moved|Kept Out)$|^(Email|SMS|WhatsApp|Push|Onsite|Webhook|Letter|Call|Social) (Sent|Skipped|Failed|Delivered|Deferred|Bounced|Converted)$/;

/** What we did about a person, or time alone: on their timeline, but they were not seen by it, and it changes no profile. */
export function isOurAct(event: Pick<KilimEvent, "profileId" | "name">): boolean {
  return event.profileId !== null && OUR_ACTS.test(event.name);
}

/** Reserved traits that clients spell in two ways; one person has one first name. */
const SPELT: ReadonlyMap<string, string> = new Map([
  ["firstName", "first_name"],
  ["lastName", "last_name"],
  ["createdAt", "created_at"],
  ["loyaltyId", "loyalty_id"],
]);

/** Newest value by corrected time wins, what was proven over what was not; null removes. */
function foldTraits({ traits, memory, changed }: Folding, event: KilimEvent): void {
  const told: TraitTold = event.verified ? [event.timestamp, event.messageId, 1] : [event.timestamp, event.messageId];
  for (const [given, value] of Object.entries(event.traits)) {
    const name = keyFor(SPELT.get(given) ?? given);
    if (!isBetterTold(told, Object.hasOwn(memory.traits, name) ? memory.traits[name] : null)) continue;
    if (!Object.hasOwn(memory.traits, name) && Object.keys(memory.traits).length >= MOST_TRAITS) continue;
    memory.traits[name] = told;
    if (value === null) delete traits[name];
    else traits[name] = value;
    changed.add(`trait:${name}`);
  }
}

/** The newest explicit choice per channel and purpose; at the same instant "denied" wins. */
function foldConsent({ consent, changed }: Folding, event: KilimEvent): void {
  const { channel, purpose, state, source, wording } = event.properties;
  if (typeof channel !== "string" || (state !== "granted" && state !== "denied")) return;
  const entry: ConsentEntry = {
    state,
    at: event.timestamp,
    source: typeof source === "string" ? source : event.source,
    ...(typeof wording === "string" ? { wording } : {}),
  };
  const purposes = (consent[keyFor(channel.slice(0, 20))] ??= {});
  const name = typeof purpose === "string" ? keyFor(purpose.slice(0, 40)) : "marketing";
  const known = Object.hasOwn(purposes, name) ? purposes[name] : undefined;
  purposes[name] = known ? newerConsent(known, entry) : entry;
  changed.add(`consent:${channel}`);
}

export function newerConsent(a: ConsentEntry, b: ConsentEntry): ConsentEntry {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return a.state === "denied" ? a : b;
}

function foldView({ memory, changed }: Folding, event: KilimEvent): void {
  const product = productOf(event.properties);
  if (product === null) return;
  const known = memory.views[product];
  if (known === undefined || event.timestamp > known) memory.views[product] = event.timestamp;
  keepNewestViews(memory);
  changed.add("computed:recently_viewed");
}

export function keepNewestViews(memory: Memory): void {
  const views = Object.entries(memory.views);
  if (views.length <= NEWEST_VIEWS) return;
  memory.views = Object.fromEntries(
    views.sort((a, b) => (a[1] === b[1] ? (a[0] < b[0] ? -1 : 1) : a[1] > b[1] ? -1 : 1)).slice(0, NEWEST_VIEWS),
  );
}

function foldCategory({ memory, changed }: Folding, event: KilimEvent): void {
  const { category } = event.properties;
  if (typeof category !== "string" || category === "" || !isNewer(event.timestamp, event.messageId, memory.category))
    return;
  memory.category = [event.timestamp, event.messageId, category.slice(0, 200)];
  changed.add("computed:last_category");
}

/** The zone of the device, as Segment's clients tell it with each event. */
function foldZone({ memory, changed }: Folding, event: KilimEvent): void {
  const { timezone } = event.context;
  if (typeof timezone !== "string" || !isNewer(event.timestamp, event.messageId, memory.zone) || !isZone(timezone))
    return;
  if (memory.zone?.[2] !== timezone) changed.add("computed:time_zone");
  memory.zone = [event.timestamp, event.messageId, timezone];
}

function productOf(properties: JsonObject): string | null {
  const id = properties.product_id ?? properties.id ?? properties.sku;
  return typeof id === "string" || typeof id === "number" ? keyFor(String(id).slice(0, 200)) : null;
}
