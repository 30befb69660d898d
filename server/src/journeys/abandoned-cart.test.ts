import { afterAll, beforeAll, expect, test } from "vitest";

import { type MailServer, startMailServer } from "../messages/testing/mail-server.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";

let server: TestServer;
let mail: MailServer;
beforeAll(async () => {
  mail = await startMailServer();
  server = await createServer({ smtpUrl: mail.url });
});
afterAll(async () => {
  await server.close();
  await mail.close();
});

interface Made {
  id: string;
}
interface Items<T> {
  items: T[];
}

let serial = 0;
/** Events of one person, a second apart, as the browser sends them. */
async function sends(userId: string, ...events: object[]): Promise<void> {
  const batch = events.map((event) => ({
    messageId: `m${++serial}`,
    userId,
    timestamp: server.clock.now().toString(),
    ...event,
  }));
  const { status } = await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch });
  expect(status).toBe(200);
  await server.settle();
}
const track = (event: string, properties: object = {}, channel = "web") => ({
  type: "track",
  event,
  properties,
  context: { channel },
});
async function make(path: string, body: object): Promise<string> {
  const { status, body: made } = await server.call<Made>("POST", path, body);
  expect(status, JSON.stringify(made)).toBeLessThan(300);
  await server.settle();
  return made.id;
}

test("a cart left for an hour brings one mail; opened, clicked, bought in a store, it ends", async () => {
  const segment = await make("/v1/segments", {
    name: "Cart with no order for an hour",
    definition: { did: "Product Added", not_followed_by: ["Order Completed"], for: "PT1H" },
  });
  const template = await make("/v1/templates", {
    name: "Abandoned cart",
    contents: {
      en: { subject: "Hello {{ person.first_name }}", body: "English" },
      tr: {
        subject: "Merhaba {{ person.first_name }}",
        body: '<mjml><mj-body><mj-section><mj-column><mj-button href="{{ cart.url }}">Sepete git</mj-button></mj-column></mj-section></mj-body></mjml>',
      },
    },
  });
  const journey = await make("/v1/journeys", {
    name: "Abandoned cart",
    graph: {
      entry: { kind: "segment", segment_id: segment },
      exit_when_leaves: true,
      goal: { event: "Order Completed" },
      start: "which",
      nodes: {
        which: {
          kind: "branch",
          cases: [{ name: "asked for it", condition: { consent: "email", state: "granted" }, next: "mail" }],
          otherwise: "end",
        },
        mail: { kind: "send", template_id: template, next: "rest" },
        rest: { kind: "wait", duration: "P3D", next: "again" },
        again: { kind: "send", template_id: template, next: "end" },
        end: { kind: "exit" },
      },
    },
  });
  await server.call("POST", `/v1/journeys/${journey}/publish`);

  await sends(
    "zeynep",
    { type: "identify", traits: { email: "zeynep@example.com", first_name: "Zeynep", language: "tr" } },
    track("Consent Changed", { channel: "email", purpose: "marketing", state: "granted", source: "form" }),
    track("Product Added", { product_id: "shoe", price: 100, quantity: 1 }),
  );
  const { body: profile } = await server.call<Made>("GET", "/v1/profiles/user_id:zeynep");
  server.clock.advance({ minutes: 59 });
  await server.settle();
  expect(mail.received).toHaveLength(0);
  server.clock.advance({ minutes: 1 });
  await server.settle();
  expect(mail.received.map((one) => one.subject)).toEqual(["Merhaba Zeynep"]);
  expect(mail.sources[0]).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");

  const html = String(mail.received[0]?.html);
  const browser = { headers: { "user-agent": "Mozilla/5.0 (Linux; Android 16)" }, redirect: "manual" as const };
  await fetch(/src="([^"]+\/t\/o\/[^"]+)"/.exec(html)?.[1] ?? "", browser);
  const click = await fetch(/href="([^"]+\/t\/c\/[^"]+)"/.exec(html)?.[1] ?? "", browser);
  expect(click.headers.get("location")).toBe(`${server.url}/shop/cart`);
  await server.settle();

  server.clock.advance({ hours: 24 });
  await sends("zeynep", track("Order Completed", { order_id: "o-1", revenue: 100, currency: "TRY" }, "store"));
  server.clock.advance({ hours: 24 * 10 });
  await server.settle();
  expect(mail.received).toHaveLength(1);

  const { body: view } = await server.call("GET", `/v1/journeys/${journey}`);
  expect(view).toMatchObject({ entered: 1, active: 0, converted: 1, exits: { goal: 1 }, counts: {} });
  const { body: messages } = await server.call<Items<object>>("GET", `/v1/messages?profile=${profile.id}`);
  expect(messages.items).toMatchObject([{ status: "sent", template_name: "Abandoned cart", order_id: "o-1" }]);
  const { body: timeline } = await server.call<Items<{ event: string }>>("GET", `/v1/profiles/${profile.id}/events`);
  const seen = timeline.items.map((item) => item.event);
  for (const name of [
    "Segment Entered",
    "Journey Entered",
    "Email Sent",
    "Email Opened",
    "Email Clicked",
    "Journey Exited",
  ]) {
    expect(
      seen.filter((event) => event === name),
      name,
    ).toHaveLength(1);
  }
});
