import { afterAll, beforeAll, expect, test } from "vitest";

import { createRooms } from "../../rooms.ts";
import { rows, sql } from "../db.ts";
import { IDEMPOTENCY_SEAL } from "../idempotency.ts";
import { sealedAnswers } from "../sealed-answers.ts";
import { createSecrets, type Secrets } from "../secrets.ts";
import { createServer, type TestServer } from "../testing/server.ts";
import { sealedColumn } from "./sealed-place.ts";

const ROOT = Buffer.alloc(32, 7);
const NEXT = Buffer.alloc(32, 8);

let server: TestServer;
beforeAll(async () => {
  server = await createServer({ outboundAllow: ["127.0.0.0/8"] });
});
afterAll(() => server.close());

interface View {
  readonly key: string;
  readonly left: Readonly<Record<string, number>>;
  readonly left_total: number;
}
const progress = async () => (await server.call<View>("GET", "/v1/sealing")).body;

const endpoints = () =>
  rows(server.db, sql<{ secret: string }>`select secret from webhooks.endpoints order by id`).then((found) =>
    found.map(({ secret }) => secret),
  );
const place = sealedColumn({ table: "webhooks.endpoints", column: "secret", purpose: "webhook-secret" });

test("a newer key seals, older ones still open, and each text names its key", () => {
  const old = createSecrets(ROOT);
  const both = createSecrets(ROOT, NEXT);
  const before = old.seal("p", "text");
  const after = both.seal("p", "text");
  expect([both.unseal("p", before), both.unseal("p", after)]).toEqual(["text", "text"]);
  expect(old.unseal("p", after)).toBeNull();
  expect(createSecrets(NEXT).unseal("p", after)).toBeNull();
  expect(both.unseal("another", after)).toBeNull();
  // Not the last letter: it may bear bits that nothing is made of.
  expect(both.unseal("p", `${after.slice(0, -5)}${after.at(-5) === "A" ? "B" : "A"}${after.slice(-4)}`)).toBeNull();
  expect(after.startsWith(both.sealMark)).toBe(true);
  expect(both.sign("p", "text")).toBe(old.sign("p", "text"));
  // Listed and not sealing yet, for nodes that are started anew one after the other.
  const between = createSecrets(ROOT, NEXT, ROOT);
  expect([between.unseal("p", after), old.unseal("p", between.seal("p", "text"))]).toEqual(["text", "text"]);
});

test("whatever lies sealed is sealed anew, page by page; who dies in the middle leaves every text whole", async () => {
  const url = "http://127.0.0.1:9/hook";
  const { status } = await server.call("POST", "/v1/webhooks", { url, types: ["segment.entered"] });
  expect(status).toBe(201);
  const [first = ""] = await endpoints();
  const secret = server.secrets.unseal("webhook-secret", first) ?? "";
  // Two pages and a half.
  await sql`
    insert into webhooks.endpoints (id, url, description, types, secret, state, created_at, updated_at)
    select gen_random_uuid(), url, description, types, secret, state, created_at, updated_at
    from webhooks.endpoints, generate_series(1, 499)`.execute(server.db);
  expect((await server.call("POST", "/v1/feeds", { name: "Feed", kind: "google" })).status).toBe(201);
  const smtp = "smtp://jane:secret@127.0.0.1:2525";
  expect((await server.call("PUT", "/v1/channels/email", { smtp_url: smtp })).status).toBe(200);
  expect(await progress()).toMatchObject({ key: "root", left_total: 0 });

  const secrets = createSecrets(ROOT, NEXT);
  const rotated = createRooms({ ...server.context, secrets });
  const next = await place.reseal(server.db, secrets, null);
  expect(await place.count(server.db, secrets)).toBe(300);
  let sealed = 0;
  const dying: Secrets = {
    ...secrets,
    seal(purpose, text) {
      if (++sealed > 100) throw new Error("killed");
      return secrets.seal(purpose, text);
    },
  };
  await expect(place.reseal(server.db, dying, next)).rejects.toThrow("killed");
  expect(await place.count(server.db, secrets)).toBe(300);

  await rotated.sealing.resealAll();
  for (const text of await endpoints()) {
    expect(text.startsWith(secrets.sealMark)).toBe(true);
    expect(secrets.unseal("webhook-secret", text)).toBe(secret);
  }
  const [account] = await rows(server.db, sql<{ secrets: { url: string } }>`select secrets from messages.accounts`);
  expect(secrets.unseal("messages.smtp_url", account?.secrets.url ?? "")).toBe(smtp);
  expect(account?.secrets.url.startsWith(secrets.sealMark)).toBe(true);
  const once = await endpoints();
  await rotated.sealing.resealAll();
  expect(await endpoints()).toEqual(once);
});

test("answers that are kept for a day are sealed anew too, and given again when the old key is gone", async () => {
  const feed = { name: "Kept", kind: "meta" };
  const first = await server.call("POST", "/v1/feeds", feed, { "idempotency-key": "kept" });
  expect(first.status).toBe(201);
  // More than a page, of another call.
  await sql`
    insert into platform.idempotency (scope, key, body_hash, status, response, created_at)
    select scope, key || n, body_hash, status, response, created_at
    from platform.idempotency, generate_series(1, 450) as n where key = 'kept'`.execute(server.db);
  const secrets = createSecrets(ROOT, NEXT);
  expect(await sealedAnswers.count(server.db, secrets)).toBeGreaterThan(450);
  await createRooms({ ...server.context, secrets }).sealing.resealAll();
  expect(await sealedAnswers.count(server.db, secrets)).toBe(0);
  const kept = await rows(server.db, sql<{ response: string }>`select response from platform.idempotency`);
  for (const { response } of kept) expect(response.startsWith(secrets.sealMark)).toBe(true);
  const texts = kept.map(({ response }) => JSON.parse(secrets.unseal(IDEMPOTENCY_SEAL, response) ?? "null"));
  expect(texts).toContainEqual(first.body);
});

test("what cannot be opened is left as it is, counted, and keeps nobody from the rest", async () => {
  const secrets = createSecrets(ROOT, NEXT, Buffer.alloc(32, 9));
  await sql`update webhooks.endpoints set secret = 'nonsense' where id = (select min(id::text)::uuid from webhooks.endpoints)`.execute(
    server.db,
  );
  const rotated = createRooms({ ...server.context, secrets });
  await rotated.sealing.resealAll();
  expect(await place.count(server.db, secrets)).toBe(1);
  expect((await endpoints())[0]).toBe("nonsense");
});
