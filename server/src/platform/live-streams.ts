import type { ServerResponse } from "node:http";

import type { Change } from "./bus.ts";
import { Feed } from "./live-feed.ts";
import type { Principal } from "./principal.ts";

/** Whose right to hear has ended: the change's id is a user, a shopper's session or a key. Never told to anybody. */
export const ACCESS_TOPIC = "access";

/** The headers that say who asks; kept so that the same can be asked again later. */
export interface Credentials {
  readonly authorization?: string;
  readonly cookie?: string;
  readonly "x-kilim-shopper"?: string | string[];
}

export interface StreamDeps {
  /** Beside each reference the profile it means, or null. */
  readonly resolve: (refs: readonly string[]) => Promise<readonly (string | null)[]>;
  /** Who holds these credentials now. */
  readonly authenticate: (credentials: Credentials) => Promise<Principal>;
  readonly onError: (error: unknown) => void;
}

export interface Asked {
  readonly principal: Principal;
  readonly credentials: Credentials;
  readonly refs: readonly string[];
  readonly topics: readonly string[];
}

interface Stream {
  readonly response: ServerResponse;
  readonly principal: Principal;
  readonly credentials: Credentials;
  readonly profiles: Set<string>;
  readonly topics: readonly string[];
  readonly slot: number;
  isQuiet: boolean;
}

/** Each stream hears from us this often, and its right to hear is looked at every fourth time. */
const TURN_MS = 15_000;
const TURNS_PER_CHECK = 4;
/** Streams are served in so many groups, one after the other, so that never all of them are due at once. */
const SLOTS = 60;
/** A reader that is this far behind is cut off; it comes back and reads the state anew. */
const MOST_BUFFERED_BYTES = 128 * 1024;
/** What changed when it may be anything: two people were one, or one is two again. */
const EVERYTHING = "*";
/** Longer than a notice of a merge may be on its way from the node that made it. */
const REMEMBER_MERGES_MS = 10_000;

/** The open streams of this node: who hears of what, for how long, and how much at once. */
export class LiveStreams {
  readonly #deps: StreamDeps;
  readonly #slots: Set<Stream>[] = Array.from({ length: SLOTS }, () => new Set());
  readonly #byProfile = new Map<string, Set<Stream>>();
  readonly #feeds = new Map<string, Feed<Stream>>();
  /** Profiles that were merged away just now, with the time after which everybody has heard of it. */
  readonly #merged = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  readonly #stale = new Set<Stream>();
  #opened = 0;
  #turn = 0;

  constructor(deps: StreamDeps) {
    this.#deps = deps;
    this.#timer = setInterval(() => this.#serveSlot(), TURN_MS / SLOTS);
  }

  /** Begins a stream on `response`; from here on it hears of every change of what it asked for. */
  async open(response: ServerResponse, { principal, credentials, refs, topics }: Asked): Promise<void> {
    const found = refs.length > 0 ? await this.#deps.resolve(refs) : [];
    if (response.destroyed) return;
    const profiles = new Set(found.filter((id) => id !== null));
    const slot = this.#opened++ % SLOTS;
    const stream = { response, principal, credentials, profiles, topics, slot, isQuiet: false };
    this.#slots[slot]?.add(stream);
    for (const id of profiles) this.#listen(stream, id);
    for (const topic of topics) this.#feedOf(topic).streams.add(stream);
    response.on("close", () => this.#forget(stream));
    this.#write(stream, "retry: 1000\nevent: open\ndata: {}\n\n");
    // A cookie is believed for a minute without a look; whoever has just signed out must not come in by it.
    if (principal.kind === "staff") this.#check([stream]);
    const moved = [...profiles].filter((id) => this.#merged.has(id));
    if (moved.length > 0) this.#follow(moved);
  }

  /** Tells everybody concerned; each stream is written to once for all that it hears. */
  deliver(changes: readonly Change[]): void {
    const texts = new Map<Stream, string>();
    const moved: string[] = [];
    for (const { topic, id, what } of changes) {
      if (topic === ACCESS_TOPIC) this.#checkHolder(id);
      else {
        if (topic === "profile") {
          const text = noticeOf("profile", id, what);
          for (const stream of this.#byProfile.get(id) ?? []) texts.set(stream, (texts.get(stream) ?? "") + text);
          if (what.includes("merged")) moved.push(id);
          if (what.includes(EVERYTHING)) this.#check([...(this.#byProfile.get(id) ?? [])].filter(isShopper));
        }
        this.#feeds.get(topic)?.add(id, what);
      }
    }
    for (const [stream, text] of texts) this.#write(stream, text);
    for (const feed of this.#feeds.values()) feed.flushWhenDue();
    if (moved.length > 0) this.#noteMerged(moved);
  }

  /** Something may have been missed: each stream ends in its turn, and its reader comes back and reads the state anew. */
  renewAll(): void {
    for (const slot of this.#slots) for (const stream of slot) this.#stale.add(stream);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const feed of this.#feeds.values()) feed.close();
    for (const slot of this.#slots) for (const { response } of slot) response.end();
  }

  #listen(stream: Stream, id: string): void {
    stream.profiles.add(id);
    const others = this.#byProfile.get(id);
    if (others) others.add(stream);
    else this.#byProfile.set(id, new Set([stream]));
  }

  #unlisten(stream: Stream, id: string): void {
    stream.profiles.delete(id);
    const others = this.#byProfile.get(id);
    others?.delete(stream);
    if (others?.size === 0) this.#byProfile.delete(id);
  }

  #feedOf(topic: string): Feed<Stream> {
    const known = this.#feeds.get(topic);
    if (known) return known;
    const feed = new Feed<Stream>(topic, (stream, bytes) => this.#write(stream, bytes));
    this.#feeds.set(topic, feed);
    return feed;
  }

  #forget(stream: Stream): void {
    this.#stale.delete(stream);
    this.#slots[stream.slot]?.delete(stream);
    for (const id of stream.profiles) this.#unlisten(stream, id);
    for (const topic of stream.topics) {
      const feed = this.#feeds.get(topic);
      feed?.streams.delete(stream);
      if (feed?.streams.size !== 0) continue;
      feed.close();
      this.#feeds.delete(topic);
    }
  }

  #write(stream: Stream, text: string | Uint8Array): void {
    stream.isQuiet = false;
    if (stream.response.writableLength > MOST_BUFFERED_BYTES) stream.response.destroy();
    else stream.response.write(text);
  }

  #noteMerged(ids: readonly string[]): void {
    const now = performance.now();
    for (const [id, until] of this.#merged) if (until < now) this.#merged.delete(id);
    for (const id of ids) this.#merged.set(id, now + REMEMBER_MERGES_MS);
    this.#follow(ids.filter((id) => this.#byProfile.has(id)));
  }

  /** Whoever listens to a profile that was merged away hears from now on of the one that lives on as well. */
  #follow(ids: readonly string[]): void {
    if (ids.length === 0) return;
    this.#deps.resolve(ids).then((found) => {
      for (const [i, from] of ids.entries()) {
        const into = found[i];
        if (!into || into === from) continue;
        for (const stream of this.#byProfile.get(from) ?? []) {
          if (stream.profiles.has(into)) continue;
          this.#listen(stream, into);
          this.#write(stream, noticeOf("profile", into, ["merged"]));
        }
      }
    }, this.#deps.onError);
  }

  /** A shopper may hear of one person only: the one her session is about now, merged or separated since. */
  #narrow(stream: Stream, profileId: string): void {
    for (const id of stream.profiles) if (id !== profileId) this.#unlisten(stream, id);
    if (stream.profiles.has(profileId) || stream.response.closed) return;
    this.#listen(stream, profileId);
    this.#write(stream, noticeOf("profile", profileId, [EVERYTHING]));
  }

  #serveSlot(): void {
    const slot = this.#slots[this.#turn % SLOTS];
    const round = Math.floor(this.#turn / SLOTS);
    this.#turn += 1;
    const due: Stream[] = [];
    for (const stream of slot ?? []) {
      if (this.#stale.has(stream)) {
        stream.response.end();
        continue;
      }
      if (stream.isQuiet) this.#write(stream, ": \n\n");
      stream.isQuiet = true;
      if ((round + stream.slot) % TURNS_PER_CHECK === 0) due.push(stream);
    }
    this.#check(due);
  }

  #checkHolder(id: string): void {
    const due: Stream[] = [];
    for (const slot of this.#slots) for (const stream of slot) if (isHolder(stream.principal, id)) due.push(stream);
    this.#check(due);
  }

  /** Ends the streams of whoever may not hear any more; those with the same credentials are asked about once. */
  #check(streams: readonly Stream[]): void {
    const byHolder = Map.groupBy(
      streams,
      ({ credentials: c }) => `${c.authorization}\n${c["x-kilim-shopper"]}\n${c.cookie}`,
    );
    for (const [first, ...others] of byHolder.values()) {
      if (!first) continue;
      this.#deps.authenticate(first.credentials).then((now) => {
        for (const stream of [first, ...others]) {
          if (!isSame(stream.principal, now)) stream.response.end();
          else if (now.kind === "shopper") this.#narrow(stream, now.profileId);
        }
      }, this.#deps.onError);
    }
  }
}

function noticeOf(topic: string, id: string, what: readonly string[]): string {
  return `event: ${topic}\ndata: ${JSON.stringify({ id, changed: what })}\n\n`;
}

function isHolder(principal: Principal, id: string): boolean {
  switch (principal.kind) {
    case "staff":
      return principal.userId === id;
    case "shopper":
      return principal.sessionId === id || principal.keyId === id;
    case "anonymous":
      return false;
    default:
      return principal.keyId === id;
  }
}

function isShopper({ principal }: Stream): boolean {
  return principal.kind === "shopper";
}

function isSame(principal: Principal, now: Principal): boolean {
  if (principal.kind === "staff") return now.kind === "staff" && now.userId === principal.userId;
  if (principal.kind === "shopper") return now.kind === "shopper" && now.sessionId === principal.sessionId;
  return now.kind === principal.kind && "keyId" in principal && "keyId" in now && now.keyId === principal.keyId;
}
