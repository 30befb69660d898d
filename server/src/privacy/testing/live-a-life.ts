import { randomUUID } from "node:crypto";

import { setAside } from "../../collect/index.ts";
import { IZMIR, stockedProduct, WAREHOUSE } from "../../inventory/testing.ts";
import type { TestServer } from "../../platform/testing/server.ts";

export interface Life {
  readonly profileId: string;
  readonly mergedId: string;
  readonly userId: string;
  readonly email: string;
  readonly phone: string;
  readonly name: string;
  readonly devices: readonly string[];
}

/** What tells of somebody, wherever it stands. */
export function tracesOf(life: Life): string[] {
  return [life.profileId, life.mergedId, life.userId, life.email, life.phone, life.name, ...life.devices];
}

let serial = 0;

/** Somebody who leaves a trace in every table that can hold one. */
export async function liveALife(server: TestServer, who: string): Promise<Life> {
  const life = {
    userId: `customer-${who}`,
    email: `${who}@life.example`,
    phone: `+9055500${String(10_000 + serial * 7).slice(0, 5)}`,
    name: `Given-${who}`,
    devices: [`phone-of-${who}`, `laptop-of-${who}`],
  };
  const [phone = "", laptop = ""] = life.devices;
  const send = async (...events: object[]) => {
    const batch = events.map((event) => ({ messageId: `life-${++serial}`, ...event }));
    await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch });
    await server.settle();
  };
  const make = async (path: string, body: object, headers?: Record<string, string>) => {
    const made = await server.call<{ id: string }>("POST", path, body, headers);
    if (made.status >= 300) throw new Error(`${path}: ${JSON.stringify(made.body)}`);
    await server.settle();
    return made.body.id;
  };
  const device = (extra: Record<string, string> = {}) => ({
    authorization: `Bearer ${server.writeKey}`,
    "x-kilim-anonymous-id": phone,
    ...extra,
  });

  // Two devices that turn out to be one person: a merge.
  await send({ type: "page", anonymousId: laptop, properties: { title: `Hello ${life.name}` } });
  await send({
    type: "identify",
    anonymousId: phone,
    userId: life.userId,
    traits: { email: life.email, phone: life.phone, first_name: life.name, city: "Izmir" },
  });
  const before = await server.call<{ id: string }>("GET", `/v1/profiles/anonymous_id:${laptop}`);
  await send({ type: "identify", anonymousId: laptop, userId: life.userId });
  const { body: profile } = await server.call<{ id: string }>("GET", `/v1/profiles/user_id:${life.userId}`);
  const merged = await server.call<{ merged_from: string[] }>("GET", `/v1/profiles/${profile.id}`);
  const mergedId = merged.body.merged_from[0] ?? before.body.id;

  // Somebody outside who would be told of her comings and goings.
  const types = ["segment.entered", "segment.exited"];
  const webhook = await make("/v1/webhooks", { url: "https://receiver.invalid/", types });
  await server.call("POST", `/v1/webhooks/${webhook}/disable`);

  // Segments, lists, a journey, a mail that is opened and clicked.
  const segment = await make("/v1/segments", {
    name: `Bought lately ${who}`,
    definition: { did: "Product Viewed", within: "P30D" },
  });
  const list = await make("/v1/lists", { name: `List ${who}` });
  await server.call("POST", `/v1/lists/${list}/members`, { add: [profile.id] });
  const template = await make("/v1/templates", {
    name: `Letter ${who}`,
    contents: {
      en: {
        subject: "Hello {{ person.first_name }}",
        body: '<mjml><mj-body><mj-section><mj-column><mj-button href="https://shop.example/hello">Go</mj-button></mj-column></mj-section></mj-body></mjml>',
      },
    },
  });
  const journey = await make("/v1/journeys", {
    name: `Journey ${who}`,
    graph: {
      entry: { kind: "segment", segment_id: segment },
      start: "mail",
      nodes: {
        mail: { kind: "send", template_id: template, next: "ask" },
        ask: { kind: "webhook", url: "https://nowhere.invalid/", next: "rest", on_failure: "rest" },
        rest: { kind: "wait", duration: "P30D", next: "end" },
        end: { kind: "exit" },
      },
    },
  });
  await server.call("POST", `/v1/journeys/${journey}/publish`);
  await send(
    {
      type: "track",
      userId: life.userId,
      event: "Consent Changed",
      properties: { channel: "email", purpose: "marketing", state: "granted", source: "form" },
    },
    {
      type: "track",
      userId: life.userId,
      anonymousId: phone,
      event: "Product Viewed",
      properties: { product_id: "p1", category: "shoes" },
    },
  );
  await server.settle();
  const { body: box } = await server.call<{ items: { id: string; to: string }[] }>("GET", "/v1/mailbox");
  const letter = box.items.find((mail) => mail.to === life.email);
  const { body: mail } = await server.call<{ html: string }>("GET", `/v1/mailbox/${letter?.id}`);
  const link = /href="([^"]+\/t\/c\/[^"]+)"/.exec(mail.html ?? "")?.[1];
  if (link) await fetch(link, { headers: { "user-agent": "Mozilla/5.0" }, redirect: "manual" });

  // A code from her mail, a session, a cart, an order; and another code that is not used.
  await server.call("POST", "/v1/shopper/sign-in", { email: life.email }, device());
  await server.settle();
  const { body: codes } = await server.call<{ items: { id: string; to: string }[] }>("GET", "/v1/mailbox");
  const { body: codeMail } = await server.call<{ text: string }>(
    "GET",
    `/v1/mailbox/${codes.items.find(({ to }) => to === life.email)?.id}`,
  );
  const { body: session } = await server.call<{ token: string }>(
    "POST",
    "/v1/shopper/verify",
    { email: life.email, code: /\b\d{6}\b/.exec(codeMail.text)?.[0] ?? "", anonymous_id: phone },
    device(),
  );
  const shopper = device({ "x-kilim-shopper": session.token });
  const { productId, variantIds } = await stockedProduct(server, [{ [WAREHOUSE]: 9 }]);
  const item = { variant_id: variantIds[0], quantity: 1 };
  await server.call("POST", "/v1/cart/items", item, shopper);
  const address = { name: life.name, line1: "Kordon 1", city: "Izmir", country: "TR", phone: life.phone };
  const { body: order } = await server.call<{ fulfilments: { id: string }[] }>(
    "POST",
    "/v1/orders",
    { channel: "web", email: life.email, payment: "test", address },
    { ...shopper, "idempotency-key": `order-${who}` },
  );
  const collector = { name: life.name, email: life.email };
  await server.call("PUT", `/v1/shopper/fulfilments/${order.fulfilments[0]?.id}/collector`, collector, shopper);
  await server.call("POST", "/v1/cart/items", item, shopper);
  const review = { rating: 4, title: `${life.name} says`, body: life.email, author: life.name };
  await server.call("PUT", `/v1/shopper/reviews/${productId}`, review, shopper);
  // A list with a word beside an item, shared by mail, and brought to the till.
  const { body: wishes } = await server.call<{ id: string }>("POST", "/v1/shopping-lists", { kind: "wish" }, shopper);
  const hers = `/v1/shopping-lists/${wishes.id}`;
  const add = {
    op: "add",
    id: randomUUID(),
    item_id: randomUUID(),
    variant_id: variantIds[0],
    note: `for ${life.name}`,
  };
  await server.call("POST", `${hers}/operations`, { operations: [add] }, shopper);
  await server.call("POST", `${hers}/shares`, { right: "read", email: life.email }, shopper);
  await server.call("POST", `${hers}/errands`, { store_id: IZMIR, called: life.name }, shopper);
  server.clock.advance({ minutes: 1 });
  await server.call("POST", "/v1/shopper/sign-in", { email: life.email }, device());
  await server.call("POST", "/v1/suppressions", { address: life.email });
  await server.call("POST", "/v1/consent/requests", { email: life.email, wording: "Yes." });
  await server.settle();

  // What comes seldom: moments between two steps, and findings of the rules.
  const facts = JSON.stringify({ at: server.clock.now().toString(), id: profile.id, email: life.email });
  for (const row of SELDOM)
    await server.pool.query(
      `insert into ${row.endsWith(",") ? row : `${row} from`} jsonb_to_record($1) as f (at timestamptz, id uuid, email text)`,
      [facts],
    );
  // Refused at the door, and refused by an engine.
  const told = new Promise<void>((done) => {
    const off = server.bus.onChange((changes) => {
      if (!changes.some(({ topic, what }) => topic === "event" && what.includes("rejected"))) return;
      off();
      done();
    });
  });
  await send({ type: "shout", userId: life.userId, traits: { email: life.email } });
  await told;
  const event = { ...REFUSED, messageId: `refused-${who}`, userId: life.userId, traits: { email: life.email } };
  await setAside(server.db, server.clock, [
    { stage: "inbox", reason: "refused", event: event as never, raw: null },
    {
      stage: "outbox",
      reason: "refused",
      event: null,
      raw: Buffer.from(JSON.stringify({ profile_id: profile.id })).toString("base64"),
    },
  ]);
  return { ...life, profileId: profile.id, mergedId };
}

const SELDOM = [
  `orders.letter (id, order_id, kind, email, language, due_at)
     select gen_random_uuid(), (select b.id from orders.book as b where b.email = f.email limit 1), 'receipt', f.email, 'en',
       at + interval '1 year'`,
  `profiles.duplicates (id, a, b, score, evidence, found_at)
     select gen_random_uuid(), id, 'ffffffff-ffff-7fff-bfff-ffffffffffff', 60, '[]', at`,
  "profiles.likeness_keys (key, profile_id) select gen_random_uuid(), id",
  `identity.warnings (id, at, last_at, profile_id, type, value, reason)
     select gen_random_uuid(), at, at, id, 'email', email, 'limit'`,
  "identity.meetings (type, value, profile_id, at) select 'email', email, id, at",
  "identity.alarms (id, at, type, value, people) select gen_random_uuid(), at, 'email', email, 3",
  `identity.apart (pair, side, profile_id, since)
     select md5(id::text)::uuid, side, case side when 0 then id else gen_random_uuid() end, at from generate_series(0, 1) as side,`,
  "identity.lodgings (person_id, profile_id) select id, gen_random_uuid()",
  `messages.broadcasts (id, name, audience, variants, holdout, schedule, state, created_at, updated_at)
     select md5(id::text)::uuid, 'B', '{}', '[]', 0, '{}', 'draft', at, at`,
  `messages.recipients (broadcast_id, profile_id, wave, due_at) select md5(id::text)::uuid, id, 0, at`,
  `messages.inbound (id, account_id, channel, provider_id, profile_id, from_address, text, at)
     select md5(id::text)::uuid, gen_random_uuid(), 'sms', id::text, id, email, email, at`,
  `messages.devices (id, profile_id, kind, token, token_hash, created_at, seen_at)
     select md5(id::text)::uuid, id, 'fcm', email, sha256(email::bytea), at, at`,
  "messages.onsite (message_id, profile_id, content, created_at) select md5(id::text)::uuid, id, to_jsonb(email), at",
  `messages.letters (message_id, profile_id, address, content, format, created_at)
     select md5(id::text)::uuid, id, to_jsonb(email), '{}', 'letter_a4', at`,
  `messages.calls (message_id, profile_id, phone, script, reason, due_at, state, created_at)
     select md5(id::text)::uuid, id, email, email, '', at, 'open', at`,
  `messages.audiences (id, name, segment_id, state, next_at, created_at)
     select md5(id::text)::uuid, 'A', gen_random_uuid(), 'paused', at, at`,
  `messages.audience_members (id, audience_id, profile_id, wanted, is_due, changed_at)
     select md5(id::text)::uuid, md5(id::text)::uuid, id, true, false, at`,
  "segments.blocks (profile_id, predicate_id, from_at, entries) select id, 1, 0, '[[0,1]]'",
  "segments.merged_memberships (profile_id, rule_id, entered_at) select id, gen_random_uuid(), at",
  `segments.jobs (id, kind, target_id, what, created_by, state, created_at)
     select md5(id::text)::uuid, 'export', gen_random_uuid(), '{}', 'api', 'done', at`,
  "segments.audits (id, state, created_at) select md5(id::text)::uuid, 'done', at",
  `segments.audit_differences (audit_id, segment_id, profile_id, is_member, found_at)
     select md5(id::text)::uuid, (select s.id from segments.segments as s limit 1), id, true, at`,
  "segments.export_lines (profile_id, job_id, line) select id, md5(id::text)::uuid, concat(email, ';x')",
  `imports.file (id, name, bytes, created_at, touched_at) select md5(id::text)::uuid, 'people.csv', 1, at, at`,
  `imports.job (id, file_id, kind, columns, options, format, state, created_at, updated_at)
     select md5(id::text)::uuid, md5(id::text)::uuid, 'people', '[]', '{}', '{}', 'done', at, at`,
  "imports.problem (job_id, row, code, text) select md5(id::text)::uuid, 1, 'no_id', concat('x;', upper(email), ';y')",
  `pipeline.handovers (id, person_id, profile_ids, host_ids, keys, version, done_at)
     select gen_random_uuid(), id, '{}', '{}', '', 1, at`,
];

const REFUSED = {
  type: "track",
  source: "x",
  name: "Refused",
  anonymousId: null,
  previousId: null,
  groupId: null,
  profileId: null,
  verified: false,
  timestamp: "2026-03-02T09:00:00.000Z",
  receivedAt: "2026-03-02T09:00:00.000Z",
  properties: {},
  context: {},
};
