import type { KilimEvent } from "../collect/index.ts";
import { isJsonObject } from "../platform/json.ts";
import type { Identifier } from "./extract-identifiers.ts";
import type { Rules } from "./rules.ts";

/** An identifier as it belongs to a profile. Times are RFC 3339 UTC. */
export interface Held extends Identifier {
  profileId: string;
  firstSeen: string;
  lastSeen: string;
  verified: boolean;
  /** The key or room that told it, and on which channel: the first telling, or the one that proved it. */
  source: string;
  channel: string;
  /** Null: joins people. `shared` by known people it decides only where nothing else does, `overused` it decides nothing. */
  bridging: "shared" | "overused" | null;
  /** It has come with other people than its own. */
  hasMet: boolean;
}

export function keyOf(identifier: Identifier): string {
  return `${identifier.type}:${identifier.value}`;
}

/** Somebody known: by the retailer's own number, or by something proven. */
export function isKnown(rules: Rules, held: readonly Held[]): boolean {
  return held.some(({ type, verified }) => verified || rules.ofType.get(type)?.identifies === true);
}

/** Typed by somebody else than its owner, at a till or into a file, and never proven since. A card's number is read, not typed. */
export function isTyped(rules: Rules, type: string, { channel, source, verified }: Telling): boolean {
  return (
    !verified &&
    !rules.ofType.get(type)?.identifies &&
    (rules.typedChannels.has(channel) || source.startsWith(IMPORTED))
  );
}

type Telling = Pick<Held, "channel" | "source" | "verified">;
const IMPORTED = "import:";

/** Where an event's identifiers come from, and whether they are proven. */
export function tellingOf(event: KilimEvent, type: string): Telling {
  return { channel: event.channel, source: sourceOf(event), verified: event.verified && isProvable(type) };
}

/** A file's events share one source by kind, so that orders and refunds of several files meet; its identifiers name the import. */
function sourceOf({ source, context }: KilimEvent): string {
  const mark = source.startsWith(IMPORTED) ? context.import : undefined;
  return isJsonObject(mark) && typeof mark.id === "string" ? `${IMPORTED}${mark.id}` : source;
}

/** A device's own id is never proof of a person. */
export function isProvable(type: string): boolean {
  return type !== "device_id" && type !== "anonymous_id";
}
