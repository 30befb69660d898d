import { afterAll, beforeAll, expect, test } from "vitest";

import type { KilimEvent } from "../../collect/index.ts";
import { inTransaction } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { Batch } from "../../profiles/contracts.ts";
import type { BroadcastView } from "../broadcasts/contracts.ts";
import { createTemplate } from "../templates/save-template.ts";
import { openPostOffice, type PostOffice } from "../testing/post-office.ts";
import type { BroadcastReport, ReportView } from "./contracts.ts";

let office: PostOffice;
let broadcast: string;
let people: string[];
const browser = { "user-agent": "Mozilla/5.0 (iPhone)" };

beforeAll(async () => {
  office = await openPostOffice({ smtp: false });
  office.costs.set("email", { amount: 12.5, currency: "USD" });
  const body =
    '<mjml><mj-body><mj-section><mj-column><mj-button href="https://shop.test/a">A</mj-button><mj-button href="https://shop.test/b">B</mj-button></mj-column></mj-section></mj-body></mjml>';
  const contents = { en: { subject: "Hi", body } };
  const template = await createTemplate(office.deps, {
    name: "Spring",
    channel: "email",
    purpose: "marketing",
    default_language: "en",
    contents,
  } as Parameters<typeof createTemplate>[1]);
  const segment = newId(office.world.clock);
  people = Array.from({ length: 6 }, (_, i) => office.addPerson({ email: `r${i}@example.com` }));
  office.changeConsent(people[5] ?? "", { state: "denied", at: "2026-01-02T00:00:00.000Z", source: "t" });
  office.audiences.set(segment, new Set(people));
  const created = await office.app.inject({
    method: "POST",
    url: "/v1/broadcasts",
    payload: { name: "Sale", audience: { segment_id: segment }, variants: [{ key: "A", template_id: template.id }] },
  });
  broadcast = created.json<BroadcastView>().id;
  await office.app.inject({ method: "POST", url: `/v1/broadcasts/${broadcast}/launch` });
  for (let i = 0; i < 4; i++) {
    await office.messages.feedDue();
    await office.messages.sendDue();
    office.world.clock.advance("PT1S");
  }
  await visit();
  await order();
  await ship(await office.events());
});
afterAll(() => office.close());

/** The first two open, the first clicks two links, one of them twice; the third unsubscribes. */
async function visit(): Promise<void> {
  const page = await office.app.inject("/v1/mailbox?limit=10");
  const mails = await Promise.all(
    page.json<{ items: { id: string; to: string }[] }>().items.map(async ({ id, to }) => {
      const { html } = (await office.app.inject(`/v1/mailbox/${id}`)).json<{ html: string }>();
      return {
        to,
        paths: [...html.matchAll(/http:\/\/kilim\.test(\/t\/[ocu]\/[\w.-]+)/g)].map((match) => match[1] ?? ""),
      };
    }),
  );
  const of = (i: number, kind: string) =>
    (mails.find(({ to }) => to === `r${i}@example.com`)?.paths ?? []).filter((path) => path.startsWith(`/t/${kind}/`));
  const get = (url: string) => office.app.inject({ url, headers: browser });
  await Promise.all([0, 1].map((i) => get(of(i, "o")[0] ?? "")));
  const [a = "", b = ""] = of(0, "c");
  await Promise.all([get(a), get(b), get(b)]);
  await office.app.inject({
    method: "POST",
    url: of(2, "u")[0] ?? "",
    payload: "List-Unsubscribe=One-Click",
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
}

/** What the pipeline ships, as far as a report reads it. */
async function ship(events: readonly KilimEvent[]): Promise<void> {
  const lines = events.map((event) => ({
    profile_id: event.profileId,
    timestamp: event.timestamp,
    received_at: event.receivedAt,
    message_id: event.messageId,
    source: event.source,
    name: event.name,
    properties: JSON.stringify(event.properties),
  }));
  await office.world.history.insert("events", lines);
}

async function order(): Promise<void> {
  const event = {
    name: "Order Completed",
    timestamp: office.world.clock.now().toString({ smallestUnit: "millisecond" }),
    properties: { order_id: "o-1", revenue: 49.9, currency: "EUR" },
    historical: false,
    messageId: "o-1",
  };
  const batch = { events: [{ event, profileId: people[0] }] } as unknown as Batch;
  const events = await inTransaction(office.world.db, (tx) => office.messages.onBatch(tx, batch));
  expect(events.map(({ name }) => name)).toEqual(["Email Converted"]);
  await ship(events);
}

const expected = {
  sent: 5,
  delivered: 0,
  opened: 2,
  clicked: 1,
  converted: 1,
  unsubscribed: 1,
  bounced: 0,
  complained: 0,
  failed: 0,
  skipped: 1,
  revenue: [{ amount: 4990, currency: "EUR" }],
};

/** A mail costs an eighth of a dollar: five of them 62.5 cents. */
const costed = { ...expected, cost: [{ amount: 63, currency: "USD" }] };

test("REP-1 a broadcast's report counts each message once per outcome, as State knows it at once", async () => {
  const report = (await office.app.inject(`/v1/broadcasts/${broadcast}/report`)).json<BroadcastReport>();
  expect(report.variants).toEqual([{ variant: "A", ...expected }]);
  expect(report.skipped).toEqual([{ reason: "consent_denied", messages: 1 }]);
  expect(report.links).toEqual([
    { url: "https://shop.test/a", messages: 1, clicks: 1 },
    { url: "https://shop.test/b", messages: 1, clicks: 2 },
  ]);
});

test.each([
  ["channel", "email"],
  ["broadcast", null],
  ["template", null],
  ["variant", "A"],
  ["day", "2026-03-02"],
])("REP-1 History says the same by %s", async (by, key) => {
  const report = (await office.app.inject(`/v1/reports/messages?by=${by}`)).json<ReportView>();
  expect(report.rows).toHaveLength(1);
  expect(report.rows[0]?.now).toEqual(costed);
  if (key !== null) expect(report.rows[0]?.key).toBe(key);
  if (by === "broadcast") expect(report.rows[0]).toMatchObject({ key: broadcast, name: "Sale" });
  // In dollars as it is stated, beside a revenue in euros: nothing is converted.
  expect(report.total).toEqual(costed);
  expect(report.skipped).toEqual([{ reason: "consent_denied", messages: 1 }]);
  expect(report.former).toMatchObject({ sent: 0, revenue: [], cost: [] });
});

test("REP-2 what came of a message belongs to the time it was made in: the same length before is the former period", async () => {
  const later = office.world.clock.now().add({ hours: 24 });
  const url = `/v1/reports/messages?by=link&from=${later.subtract({ hours: 1 }).toString()}&to=${later.add({ hours: 24 }).toString()}`;
  const report = (await office.app.inject(url)).json<ReportView>();
  expect(report.total.sent).toBe(0);
  expect(report.former).toEqual(costed);
  office.world.clock.advance("PT36H");
  const day = (await office.app.inject("/v1/reports/messages?days=1")).json<ReportView>();
  expect([day.total.sent, day.former.sent]).toEqual([0, expected.sent]);
  const links = (await office.app.inject("/v1/reports/messages?by=link")).json<ReportView>();
  expect((await office.app.inject("/v1/reports/messages?channel=sms")).json<ReportView>().skipped).toEqual([]);
  expect(links.rows.map(({ key, now }) => [key, now.clicked])).toEqual([
    ["https://shop.test/a", 1],
    ["https://shop.test/b", 1],
  ]);
});
