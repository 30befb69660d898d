import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type SendingRules, sendingRules } from "../../consent/contracts.ts";
import { changeSendingRules } from "../../consent/sending-rules.ts";
import { saveHoldout } from "../../experiments/queries/holdout.pg.ts";
import { inTransaction, sql } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { createWorld, START, type World } from "../../platform/testing/world.ts";
import type { Consent, ConsentEntry, Profile } from "../../profiles/contracts.ts";
import { hashOfAddress } from "../queries/suppressions.pg.ts";
import { type Asked, decideSending, type PermissionDeps } from "./decide-sending.ts";

let world: World;
let deps: PermissionDeps;
const STORE = "0190a0a0-0000-7000-8000-000000000001";

beforeAll(async () => {
  world = await createWorld();
  deps = {
    secrets: world.secrets,
    timeZone: "Europe/Istanbul",
    zonesOfStores: async () => new Map([[STORE, "Asia/Jakarta"]]),
  };
});
afterAll(() => world.close());
beforeEach(() => rules({}));

const rules = (given: Partial<SendingRules>) => changeSendingRules(world, sendingRules.parse(given), "test");
const yes = (at = "2026-01-01T00:00:00.000Z"): ConsentEntry => ({ state: "granted", at, source: "test" });
const no = (at = "2026-01-01T00:00:00.000Z"): ConsentEntry => ({ state: "denied", at, source: "test" });

function person(consent: Consent = { email: { marketing: yes() }, sms: { marketing: yes() } }, more = {}): Profile {
  const computed = { preferred_store: null, time_zone: null, ...more } as Profile["computed"];
  return { id: newId(world.clock), traits: {}, computed, consent, first_seen: "", last_seen: "" };
}

let serial = 0;
function ask(profile: Profile, given: Partial<Omit<Asked, "profile">> = {}): Asked & { profile: Profile } {
  return {
    id: newId(world.clock),
    profile,
    channel: "email",
    purpose: "marketing",
    topic: null,
    priority: 0,
    address: `p${++serial}@example.com`,
    ...given,
  };
}

/** Asks in one transaction and hands over what may go, as a sender does. */
async function leave(asked: readonly Asked[], now = Temporal.Instant.from(START)): Promise<string[]> {
  return inTransaction(world.db, async (tx) => {
    const verdicts = await decideSending(deps, tx, asked, now);
    for (const message of asked) {
      if (verdicts.get(message.id)?.kind === "send") await note(tx, message, { handed: now.toString() });
    }
    return asked.map(({ id }) => {
      const verdict = verdicts.get(id);
      if (verdict?.kind === "later") return `${verdict.reason} ${verdict.at.toString()}`;
      return verdict?.kind === "skip" ? verdict.reason : "send";
    });
  });
}

async function note(
  db: World["db"],
  message: Asked,
  { handed = null, due = START }: { handed?: string | null; due?: string },
): Promise<void> {
  await sql`
    insert into messages.messages
      (id, dedup_key, lane, channel, purpose, priority, profile_id, status, due_at, created_at, handed_at)
    values (${message.id}, ${message.id}, 1, ${message.channel}, ${message.purpose}, ${message.priority},
            ${message.profile?.id ?? null}, ${handed === null ? "queued" : "sent"}, ${due}, ${START}, ${handed})`.execute(
    db,
  );
}

async function suppress(address: string, reason: string, channel = "email"): Promise<void> {
  await sql`insert into messages.suppressions values (${channel}, ${address}, ${reason}, ${START})`.execute(world.db);
}

test.each(["bounced", "complained", "stopped", "erased", "manual"])(
  "MSG-2 an address that is suppressed (%s) gets nothing, whatever for and whoever said yes",
  async (reason) => {
    const address = `${reason}@example.com`;
    await suppress(address, reason);
    const asked = [
      ask(person(), { address }),
      ask(person(), { address: address.toUpperCase(), purpose: "transactional" }),
    ];
    expect(await leave(asked)).toEqual([`suppressed_${reason}`, `suppressed_${reason}`]);
    expect(await leave([ask(person(), { address, channel: "sms" })])).toEqual(["send"]);
  },
);

test("MSG-2 the address of somebody who was erased is still told, by its hash", async () => {
  await suppress(hashOfAddress(world.secrets, "Gone@example.com"), "manual");
  expect(await leave([ask(person(), { address: "gone@example.com" })])).toEqual(["suppressed_manual"]);
});

test.each<[string, Consent, string | null]>([
  ["no_consent", {}, null],
  ["no_consent", { sms: { marketing: yes() } }, null],
  ["no_consent", { email: { transactional: yes() } }, "sale"],
  ["consent_denied", { email: { marketing: no() } }, null],
  ["topic_denied", { email: { marketing: yes("2026-02-01T00:00:00Z"), sale: no() } }, "sale"],
  ["send", { email: { marketing: yes(), sale: no() } }, "news"],
  ["send", { email: { sale: yes() } }, "sale"],
  ["no_consent", { email: { sale: yes() } }, "news"],
  ["send", { email: { marketing: no(), sale: yes("2026-02-01T00:00:00Z") } }, "sale"],
  ["consent_denied", { email: { marketing: no("2026-02-01T00:00:00Z"), sale: yes() } }, "sale"],
  // Said at once: not everything, but this.
  ["send", { email: { marketing: no(), sale: yes() } }, "sale"],
  ["no_consent", {}, "constructor"],
])("CON-1, CON-2 %s", async (outcome, consent, topic) => {
  expect(await leave([ask(person(consent), { topic })])).toEqual([outcome]);
  expect(await leave([ask(person(consent), { topic, purpose: "transactional" })])).toEqual(["send"]);
});

test("CON-7 the hour is that of the person's zone: told, else seen, else the store's, else the retailer's", async () => {
  await rules({ quiet_hours: [{ channels: ["sms"], from: "15:30", to: "16:30" }] });
  const told = { ...person(), traits: { timezone: "Asia/Jakarta" } };
  const wrong = { ...person(), traits: { timezone: "Mars/Olympus" } };
  const sms = { channel: "sms" };
  const noon = Temporal.Instant.from("2026-03-02T09:00:00Z");
  const asked = [
    ask(told, sms),
    ask(wrong, sms),
    ask(person(), sms),
    ask(person(), { ...sms, purpose: "transactional" }),
  ];
  expect(await leave(asked, noon)).toEqual(["quiet_hours 2026-03-02T09:30:00Z", "send", "send", "send"]);
  const seen = person(undefined, { time_zone: "Asia/Jakarta" });
  const store = person(undefined, { preferred_store: STORE });
  expect(await leave([ask(seen, sms), ask(store, sms), ask(store)], noon)).toEqual([
    "quiet_hours 2026-03-02T09:30:00Z",
    "quiet_hours 2026-03-02T09:30:00Z",
    "send",
  ]);
  await rules({ quiet_hours: [{ channels: [], from: "11:30", to: "12:30" }] });
  expect(await leave([ask(person(), sms)], noon)).toEqual(["quiet_hours 2026-03-02T09:30:00Z"]);
});

test("MSG-2 what the house itself says goes to no suppressed address, but STOP is answered", async () => {
  const own = (address: string, channel: string) =>
    ({ ...ask(person(), { address, channel, purpose: "transactional" }), profile: null }) as const;
  await suppress("own@example.com", "complained");
  await suppress("+905550001122", "stopped", "sms");
  const asked = [own("own@example.com", "email"), own("+905550001122", "sms"), own("other@example.com", "email")];
  expect(await leave(asked)).toEqual(["suppressed_complained", "send", "send"]);
});

test("EXP-7 people held out of all marketing get none of it, and what is owed to them", async () => {
  await saveHoldout(world.db, { share: 0.5, since: START, changed_by: "test" });
  const asked = Array.from({ length: 200 }, () => ask(person()));
  const outcomes = await leave(asked);
  const held = outcomes.filter((outcome) => outcome === "global_holdout").length;
  expect(held).toBeGreaterThan(60);
  expect(held).toBeLessThan(140);
  expect(await leave(asked.map(({ profile }) => ask(profile, { purpose: "transactional" })))).toEqual(
    asked.map(() => "send"),
  );
  await saveHoldout(world.db, { share: 0, since: START, changed_by: "test" });
  expect(await leave(asked.map(({ profile }) => ask(profile)))).toEqual(asked.map(() => "send"));
});

test("MSG-11 caps hold over all channels and per channel, in rolling windows; what is owed is neither held nor counted", async () => {
  await rules({
    caps: [
      { channel: null, messages: 3, per: "P7D" },
      { channel: "sms", messages: 1, per: "PT12H" },
    ],
  });
  const somebody = person();
  const sms = { channel: "sms" };
  const owed = { purpose: "transactional" as const };
  expect(await leave([ask(somebody, sms), ask(somebody, sms), ask(somebody, owed)])).toEqual([
    "send",
    "frequency_cap",
    "send",
  ]);
  expect(await leave([ask(somebody), ask(somebody), ask(somebody)])).toEqual(["send", "send", "frequency_cap"]);
  const later = Temporal.Instant.from(START).add({ hours: 24 * 7 });
  expect(await leave([ask(somebody)], later.subtract({ seconds: 1 }))).toEqual(["frequency_cap"]);
  expect(await leave([ask(somebody), ask(somebody, owed)], later)).toEqual(["send", "send"]);
});

test("MSG-16 of messages that compete the one of higher priority goes, whether it is in the batch or waits", async () => {
  await rules({ caps: [{ channel: null, messages: 1, per: "P1D" }] });
  const one = person();
  expect(await leave([ask(one), ask(one, { priority: 5 })])).toEqual(["frequency_cap", "send"]);

  const other = person();
  const waits = ask(other, { priority: 5, channel: "sms" });
  await note(world.db, waits, {});
  expect(await leave([ask(other)])).toEqual(["yields 2026-03-02T09:01:00Z"]);
  expect(await leave([ask(other, { priority: 9 })])).toEqual(["send"]);

  const third = person();
  await note(world.db, ask(third, { priority: 5 }), { due: "2026-03-03T09:00:00Z" });
  expect(await leave([ask(third)])).toEqual(["send"]);
});

test("MSG-11 the cap holds when many workers ask about the same people at once", async () => {
  await rules({ caps: [{ channel: null, messages: 2, per: "P1D" }] });
  const people = Array.from({ length: 12 }, () => person());
  const batches = Array.from({ length: 8 }, (_, i) => {
    const asked = people.map((somebody) => ask(somebody, { channel: i % 2 === 0 ? "email" : "sms" }));
    return i % 2 === 0 ? asked : asked.reverse();
  });
  const outcomes = (await Promise.all(batches.map((asked) => leave(asked)))).flat();
  expect(outcomes.filter((outcome) => outcome === "send")).toHaveLength(24);
  expect(outcomes.filter((outcome) => outcome === "frequency_cap")).toHaveLength(8 * 12 - 24);
});

test("what is on our own pages and goes to machines asks for no consent, hour or cap", async () => {
  await rules({
    caps: [{ channel: null, messages: 1, per: "P1D" }],
    quiet_hours: [{ channels: [], from: "08:00", to: "13:00" }],
  });
  const nobody = person({});
  expect(await leave([ask(nobody, { channel: "onsite" }), ask(nobody, { channel: "onsite" })])).toEqual([
    "send",
    "send",
  ]);
});
