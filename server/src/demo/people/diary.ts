import type { Channel, NewEvent } from "../../collect/index.ts";
import type { JsonObject } from "../../platform/json.ts";
import type { Person } from "./make-people.ts";

/** One of a person's devices; web browsers and apps know themselves by an anonymous id. */
export interface Device {
  readonly kind: "phone" | "laptop" | "app";
  readonly anonymousId: string;
  /** Whether the shop knows by now whose it is. */
  isKnown: boolean;
}

export interface Where {
  readonly channel: Channel;
  readonly touchpoint: string;
  readonly device: Device | null;
  readonly campaign?: JsonObject;
}

/** The source under which demo events are told apart from everybody else's. */
export const DEMO_SOURCE = "demo";

/** What one person did, written down as it happens to be told; `close` puts it in order. */
export class Diary {
  readonly #person: Person;
  readonly #until: number;
  readonly #events: NewEvent[] = [];
  #count = 0;

  constructor(person: Person, until: number) {
    this.#person = person;
    this.#until = until;
  }

  track(at: number, where: Where, name: string, properties: JsonObject): void {
    this.#add(at, where, { type: "track", name, properties });
  }

  page(at: number, where: Where, path: string, title: string): void {
    const url = `https://shop.example${path}`;
    const page = { type: "page", name: "Page Viewed", properties: { path, title, url } } as const;
    const screen = { type: "screen", name: "Screen Viewed", properties: { name: title } } as const;
    this.#add(at, where, where.channel === "app" ? screen : page);
  }

  identify(at: number, where: Where, traits: JsonObject): void {
    if (where.device) where.device.isKnown = true;
    this.#add(at, where, { type: "identify", name: "Identify", traits });
  }

  /** Everything up to now, oldest first. Ids come from the order of telling, so the same life has the same ids. */
  close(): NewEvent[] {
    return this.#events.toSorted((a, b) => ((a.timestamp ?? "") < (b.timestamp ?? "") ? -1 : 1));
  }

  #add(at: number, where: Where, event: Pick<NewEvent, "type" | "name"> & Partial<NewEvent>): void {
    const messageId = `demo-${this.#person.index}-${this.#count++}`;
    if (at >= this.#until) return;
    const { device } = where;
    // A browser that has not signed in says only its own id; everything else is told with the customer's number.
    const isNamed = device === null || device.isKnown;
    this.#events.push({
      ...event,
      messageId,
      source: DEMO_SOURCE,
      userId: isNamed ? this.#person.userId : null,
      anonymousId: device?.anonymousId ?? null,
      timestamp: new Date(at).toISOString(),
      channel: where.channel,
      touchpoint: where.touchpoint,
      historical: true,
      context: {
        channel: where.channel,
        touchpoint: where.touchpoint,
        ...(device ? { device: { type: device.kind === "laptop" ? "desktop" : "mobile" } } : {}),
        ...(where.campaign ? { campaign: where.campaign } : {}),
      },
    });
  }
}
