import { afterAll, beforeAll, expect, test } from "vitest";

import { rows, sql } from "../../platform/db.ts";
import { openPostOffice, type PostOffice } from "../testing/post-office.ts";
import { type Provider, says, startProvider } from "../testing/provider.ts";

let office: PostOffice;
let provider: Provider;

beforeAll(async () => {
  office = await openPostOffice();
  provider = await startProvider();
});
afterAll(async () => {
  provider.close();
  await office.close();
});

async function call<T>(method: "GET" | "POST" | "PUT" | "DELETE", url: string, payload?: object) {
  const answer = await office.app.inject({ method, url, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.json<T>(), text: answer.body };
}
interface View {
  id: string;
  secrets: string[];
  is_default: boolean;
  hook_url: string | null;
  [key: string]: unknown;
}

const resend = () => ({
  channel: "email",
  provider: "resend",
  name: "Resend",
  secrets: { api_key: "re_very_secret" },
  endpoint: provider.url,
});

test("ADAPT-4 secrets go in and never come out, neither by the API nor in the database", async () => {
  const made = await call<View>("POST", "/v1/channels/accounts", resend());
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ secrets: ["api_key"], is_default: true, channel: "email" });
  expect(made.body.hook_url).toBe(`http://kilim.test/v1/hooks/${made.body.id}`);
  const listed = await call("GET", "/v1/channels/accounts");
  const stored = JSON.stringify(await rows(office.world.db, sql`select * from messages.accounts`));
  for (const text of [made.text, listed.text, stored]) expect(text).not.toContain("re_very_secret");
});

test("ADAPT-4 a change keeps the secrets it does not name; mail goes over the default account", async () => {
  const [first] = (await call<{ items: View[] }>("GET", "/v1/channels/accounts")).body.items;
  const { secrets: _, ...rest } = resend();
  const changed = await call<View>("PUT", `/v1/channels/accounts/${first?.id}`, {
    ...rest,
    secrets: { signing_secret: "whsec_x" },
  });
  expect(changed.body.secrets).toEqual(["api_key", "signing_secret"]);
  provider.next(says(200, { id: "re-1" }));
  await office.messages.sendMail({ to: "jane@example.com", subject: "Code", text: "1", html: "1" });
  await office.messages.sendDue();
  expect(provider.heard.at(-1)?.headers.authorization).toBe("Bearer re_very_secret");
  const shown = await call("GET", "/v1/channels/email");
  expect(shown.body).toMatchObject({ delivery: "provider", provider: "resend", smtp_host: null });
});

test("ADAPT-5 the connection test tells what the provider says", async () => {
  const [first] = (await call<{ items: View[] }>("GET", "/v1/channels/accounts")).body.items;
  provider.next(says(200, { data: [] }), says(401, { message: "API key is invalid" }));
  const check = () => call("POST", `/v1/channels/accounts/${first?.id}/check`);
  expect((await check()).body).toMatchObject({ ok: true });
  expect((await check()).body).toMatchObject({ ok: false, detail: expect.stringContaining("API key is invalid") });
});

test.each([
  [{ provider: "pigeon" }, "provider"],
  [{ secrets: {} }, "secrets.api_key"],
  [{ secrets: { api_key: "x", other: "y" } }, "secrets.other"],
  [{ provider: "mailgun", settings: { domain: "not a domain" } }, "settings.domain"],
  [{ provider: "mailgun", settings: { domain: "a.example", more: 1 } }, "settings"],
  [{ endpoint: "ftp://x" }, "endpoint"],
])("ADAPT-4 %o is refused with the field that is wrong", async (parts, path) => {
  const { status, body } = await call<{ errors: { path: string }[] }>("POST", "/v1/channels/accounts", {
    ...resend(),
    ...parts,
  });
  expect(status).toBe(400);
  expect(body.errors.map((error) => error.path)).toContain(path);
});

test("ADAPT-4 one default per channel, also while many ask for it; the e-mail body of old still works", async () => {
  const put = (n: number) =>
    call<View>("POST", "/v1/channels/accounts", { ...resend(), name: `Resend ${n}`, is_default: true });
  expect((await Promise.all([1, 2, 3, 4].map(put))).every(({ status }) => status < 500)).toBe(true);
  const { items } = (await call<{ items: View[] }>("GET", "/v1/channels/accounts?limit=2")).body;
  expect(items).toHaveLength(2);
  const all = (await call<{ items: View[] }>("GET", "/v1/channels/accounts")).body.items;
  expect(all.filter(({ is_default }) => is_default)).toHaveLength(1);
  await call("PUT", "/v1/channels/email", { smtp_url: office.mail.url });
  expect((await call("GET", "/v1/channels/email")).body).toMatchObject({ delivery: "smtp", smtp_source: "screen" });
  await call("PUT", "/v1/channels/email", { smtp_url: null });
  expect((await call("GET", "/v1/channels/email")).body).toMatchObject({
    delivery: "smtp",
    smtp_source: "environment",
  });
});

test("ADAPT-4 every provider says what it needs; one that is removed is gone", async () => {
  const { items } = (
    await call<{ items: { provider: string; settings: { properties: object } }[] }>("GET", "/v1/channels/providers")
  ).body;
  expect(items.find((one) => one.provider === "mailgun")?.settings.properties).toHaveProperty("domain");
  const [first] = (await call<{ items: View[] }>("GET", "/v1/channels/accounts")).body.items;
  expect((await call("DELETE", `/v1/channels/accounts/${first?.id}`)).status).toBe(200);
  expect((await call("GET", `/v1/channels/accounts/${first?.id}`)).status).toBe(404);
});
