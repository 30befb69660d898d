import { expect, test } from "vitest";

import { readSettings } from "./settings.ts";
import { StartError } from "./start-error.ts";

test("nothing set gives the documented defaults", () => {
  expect(readSettings({})).toMatchObject({
    host: "127.0.0.1",
    port: 4000,
    isDemo: true,
    parts: ["api", "worker"],
    rawDays: 7,
    databaseUrl: undefined,
    smtpUrl: undefined,
    publicUrl: "http://127.0.0.1:4000",
  });
});

test("every problem is listed at once, by the variable's name", () => {
  const read = () =>
    readSettings({ KILIM_PORT: "70000", DATABASE_URL: "mysql://x", KILIM_ROLES: "api,cook", KILIM_DEMO: "yes" });
  expect(read).toThrow(StartError);
  for (const name of ["KILIM_PORT", "DATABASE_URL", "KILIM_ROLES", "KILIM_DEMO"]) expect(read).toThrow(name);
});

test("an empty variable counts as unset", () => {
  expect(readSettings({ KILIM_PORT: "", SMTP_URL: "" })).toMatchObject({ port: 4000, smtpUrl: undefined });
});

test("the public address carries brackets for IPv6 and no closing slash", () => {
  expect(readSettings({ KILIM_HOST: "::1" }).publicUrl).toBe("http://[::1]:4000");
  expect(readSettings({ KILIM_PUBLIC_URL: "https://shop.example/" }).publicUrl).toBe("https://shop.example");
});

test("a PostgreSQL behind a socket has a URL without a host", () => {
  const databaseUrl = "postgres://kilim@/kilim?host=/run/postgresql";
  expect(readSettings({ DATABASE_URL: databaseUrl }).databaseUrl).toBe(databaseUrl);
});

test("how much may come in is set in kB and events; a rate of 0 is none", () => {
  expect(readSettings({}).intake).toEqual({
    eventBytes: 32 * 1024,
    bodyBytes: 4096 * 1024,
    batchEvents: 2500,
    eventsPerSecond: 50_000,
    burst: 200_000,
    inboxEvents: 500_000,
    waitingBytes: 64 * 1024 * 1024,
  });
  const set = readSettings({ KILIM_KEY_RATE: "0", KILIM_EVENT_KB: "64", KILIM_TRUSTED_PROXIES: "10.0.0.0/8, ::1" });
  expect(set.intake).toMatchObject({ eventsPerSecond: null, eventBytes: 65_536 });
  expect(set.trustedProxies).toEqual(["10.0.0.0/8", "::1"]);
  for (const wrong of [{ KILIM_BATCH_EVENTS: "0" }, { KILIM_KEY_BURST: "-1" }, { KILIM_TRUSTED_PROXIES: "my proxy" }]) {
    expect(() => readSettings(wrong)).toThrow(Object.keys(wrong)[0]);
  }
});

test("addresses that requests of ours may go to are closed unless opened, one by one or as ranges", () => {
  expect(readSettings({}).outboundAllow).toEqual([]);
  expect(readSettings({ KILIM_OUTBOUND_ALLOW: "10.1.0.0/16, ::1" }).outboundAllow).toEqual(["10.1.0.0/16", "::1"]);
  for (const wrong of ["10.1.0.0/40", "localhost", "10.1.0.0/16,"])
    expect(() => readSettings({ KILIM_OUTBOUND_ALLOW: wrong })).toThrow("KILIM_OUTBOUND_ALLOW");
});
