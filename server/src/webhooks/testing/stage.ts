import { expect } from "vitest";

import { inTransaction } from "../../platform/db.ts";
import { createServer, type TestServer } from "../../platform/testing/server.ts";
import type { MembershipChange } from "../../segments/contracts.ts";
import type { DeliveryItem, DeliveryView, EndpointView } from "../contracts.ts";
import { Receiver } from "./receiver.ts";

export type Made = EndpointView & { readonly secret: string };

/** A whole Kilim that may tell this machine, and somebody who listens. */
export class Stage {
  readonly server: TestServer;
  readonly receiver: Receiver;
  #people = 0;

  private constructor(server: TestServer, receiver: Receiver) {
    this.server = server;
    this.receiver = receiver;
  }

  static async open(): Promise<Stage> {
    return new Stage(await createServer({ outboundAllow: ["127.0.0.0/8"] }), await Receiver.open());
  }

  async close(): Promise<void> {
    this.receiver.close();
    await this.server.close();
  }

  async makeSegment(city: string): Promise<string> {
    const definition = { trait: "city", op: "is", value: city };
    const { body } = await this.server.call<{ id: string }>("POST", "/v1/segments", { name: city, definition });
    await this.server.settle();
    return body.id;
  }

  async makeEndpoint(path: string, body: object = {}): Promise<Made> {
    const types = ["segment.entered", "segment.exited"];
    const isKnown = this.#hearsOfEndpoints();
    const made = await this.server.call<Made>("POST", "/v1/webhooks", { url: this.receiver.url(path), types, ...body });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    await isKnown;
    return made.body;
  }

  /** Until this server has heard that there is another endpoint: what happens before is told to nobody. */
  #hearsOfEndpoints(): Promise<void> {
    return new Promise((resolve) => {
      const off = this.server.bus.onChange((changes) => {
        if (!changes.some(({ topic, what }) => topic === "webhook" && what.includes("count"))) return;
        off();
        resolve();
      });
    });
  }

  /** Ends all endpoints, so that tests do not hear each other. */
  async reset(): Promise<void> {
    this.receiver.reset();
    const { body } = await this.server.call<{ items: EndpointView[] }>("GET", "/v1/webhooks");
    for (const { id } of body.items) await this.server.call("DELETE", `/v1/webhooks/${id}`);
  }

  async identify(userId: string, city: string, path = "/v1/batch"): Promise<void> {
    const event = { type: "identify", userId, traits: { city } };
    await this.server.call("POST", path, { batch: [event] }, { authorization: `Bearer ${this.server.writeKey}` });
    await this.server.settle();
  }

  /** Says of so many people that they have entered a segment, as a batch of the pipeline does. */
  async tellOf(n: number, change: Partial<MembershipChange> = {}): Promise<void> {
    const { rooms, db, clock } = this.server;
    const changes = Array.from({ length: n }, () => ({
      segmentId: SOME_ID,
      segmentName: "Some",
      profileId: `00000000-0000-7000-8000-${String(++this.#people).padStart(12, "0")}`,
      kind: "entered" as const,
      at: clock.now().toString({ smallestUnit: "millisecond" }),
      historical: false,
      ...change,
    }));
    await inTransaction(db, (tx) => rooms.webhooks.tellChanges(tx, changes));
  }

  async endpoint(id: string): Promise<EndpointView> {
    return (await this.server.call<EndpointView>("GET", `/v1/webhooks/${id}`)).body;
  }

  /** Newest first. */
  async deliveries(id: string, state = ""): Promise<DeliveryItem[]> {
    const query = state === "" ? "" : `?state=${state}`;
    return (await this.server.call<{ items: DeliveryItem[] }>("GET", `/v1/webhooks/${id}/deliveries${query}`)).body
      .items;
  }

  async delivery(id: string, delivery: string): Promise<DeliveryView> {
    return (await this.server.call<DeliveryView>("GET", `/v1/webhooks/${id}/deliveries/${delivery}`)).body;
  }

  async send(): Promise<void> {
    await this.server.rooms.webhooks.sendDue();
  }
}

export const SOME_ID = "01890000-0000-7000-8000-000000000001";
