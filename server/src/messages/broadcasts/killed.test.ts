import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { one, sql } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { createTemplate } from "../templates/save-template.ts";
import type { LoneBroadcaster } from "../testing/lone-broadcaster.ts";
import { granted, openPostOffice, type PostOffice, PUBLIC_URL } from "../testing/post-office.ts";
import type { BroadcastView } from "./contracts.ts";

/** Two pages and two feeds. */
const PEOPLE = 1_050;
const PAGE = 1_000;
/** Every so many-th has said yes; to the others nothing may go. */
const WILLING = 10;
const HANDS = 16;

let office: PostOffice;
let people: string[];
let broadcast: string;
beforeAll(async () => {
  office = await openPostOffice();
  people = Array.from({ length: PEOPLE }, (_, i) =>
    office.addPerson({ email: `p${i}@example.com` }, i % WILLING === 0 ? granted : {}),
  );
  const segment = newId(office.world.clock);
  office.audiences.set(segment, new Set(people));
  const contents = { en: { subject: "Hi", body: "Hello" } };
  const about = { name: "T", channel: "email", purpose: "marketing", default_language: "en", contents } as const;
  const template = (await createTemplate(office.deps, about)).id;
  broadcast = (
    await call("POST", "/v1/broadcasts", {
      name: "B",
      audience: { segment_id: segment },
      variants: [{ key: "A", template_id: template }],
    })
  ).id;
  await call("POST", `/v1/broadcasts/${broadcast}/launch`);
});
afterAll(() => office.close());

async function call(method: "GET" | "POST", url: string, payload?: object): Promise<BroadcastView> {
  const response = await office.app.inject({ method, url, ...(payload ? { payload } : {}) });
  expect(response.statusCode, response.body).toBeLessThan(300);
  return response.json() as BroadcastView;
}

function start(more: Pick<LoneBroadcaster, "stuckAtPage" | "isSending">): ChildProcess {
  const { database } = office.world.pool.options;
  const given: LoneBroadcaster = {
    database: { ...inject("postgres"), ...(database ? { database } : {}), max: 4 },
    now: office.world.clock.now().toString(),
    smtpUrl: office.mail.url,
    publicUrl: PUBLIC_URL,
    people: people.flatMap((id) => office.people.get(id) ?? []),
    ...more,
  };
  const script = new URL("../testing/lone-broadcaster.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [script], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin?.end(JSON.stringify(given));
  return child;
}

/** Kills a broadcaster once it says `word` or the sink has had so many mails; whoever had its leases has lost them then. */
async function killAt(
  at: string | number,
  more: Partial<Pick<LoneBroadcaster, "stuckAtPage" | "isSending">> = {},
): Promise<void> {
  const child = start({ stuckAtPage: null, isSending: false, ...more });
  await new Promise<void>((resolve) => {
    if (typeof at === "number") {
      office.mail.onMail = async () => {
        if (office.mail.received.length >= at) resolve();
      };
    } else {
      child.stdout?.on("data", (text: Buffer) => {
        if (text.includes(at)) resolve();
      });
    }
  });
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
  office.mail.onMail = async () => {};
  office.world.clock.advance("PT6M");
}

const count = async (what: "messages" | "recipients") =>
  (
    await one(
      office.world.db,
      what === "messages"
        ? sql<{ n: number }>`select count(*)::int4 as n from messages.messages where broadcast_id = ${broadcast}`
        : sql<{ n: number }>`select count(*)::int4 as n from messages.recipients where broadcast_id = ${broadcast}`,
    )
  )?.n;

test("BRO-1 kill -9 while the audience is read, while it is fed and while it is sent: nobody is lost, nobody has two", async () => {
  await killAt("stuck", { stuckAtPage: 0 });
  expect(await count("recipients")).toBe(0);
  await killAt("stuck", { stuckAtPage: 1 });
  expect(await count("recipients")).toBe(PAGE);
  await killAt("worked");
  const kills = [15, 40, 70];
  for (const mails of kills) await killAt(mails, { isSending: true });

  for (let state = ""; state !== "done"; ) {
    await office.messages.feedDue();
    await office.messages.sendDue();
    office.world.clock.advance("PT0.2S");
    state = (await call("GET", `/v1/broadcasts/${broadcast}`)).state;
  }
  const willing = Math.ceil(PEOPLE / WILLING);
  const { progress } = await call("GET", `/v1/broadcasts/${broadcast}`);
  const skipped = PEOPLE - willing;
  expect(progress).toEqual({ audience: PEOPLE, waiting: 0, held_out: 0, queued: 0, sent: willing, skipped, failed: 0 });
  expect(await count("messages")).toBe(PEOPLE);

  const got = office.mail.received.map(({ to, messageId }) => [Array.isArray(to) ? "" : to?.text, messageId] as const);
  const expected = people.flatMap((_, i) => (i % WILLING === 0 ? [`p${i}@example.com`] : []));
  expect(new Set(got.map(([address]) => address))).toEqual(new Set(expected));
  // Taken and not yet written down when its sender died: the same mail again, which SMTP cannot exclude.
  expect(new Set(got.map(([, messageId]) => messageId)).size).toBe(willing);
  expect(got.length - willing).toBeLessThanOrEqual(kills.length * HANDS * 3);
}, 240_000);
