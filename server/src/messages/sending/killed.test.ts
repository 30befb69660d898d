import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";

import { inTransaction, one, sql } from "../../platform/db.ts";
import { createTemplate } from "../templates/save-template.ts";
import type { LoneSender } from "../testing/lone-sender.ts";
import { openPostOffice, type PostOffice, PUBLIC_URL } from "../testing/post-office.ts";

let office: PostOffice;
let template: string;
let keys = 0;
beforeAll(async () => {
  office = await openPostOffice();
  const contents = { en: { subject: "Hi", body: "Hello" } };
  const body = { name: "T", channel: "email", purpose: "transactional", default_language: "en", contents } as const;
  template = (await createTemplate(office.deps, body)).id;
});
afterAll(() => office.close());

async function queueOne(): Promise<{ id: string; person: string }> {
  const person = office.addPerson({ email: `k${++keys}@example.com` });
  const [id = ""] = await inTransaction(office.world.db, (tx) =>
    office.messages.enqueue(tx, [{ key: `k${keys}`, profileId: person, templateId: template }]),
  );
  return { id, person };
}

function startSender(person: string, isStuck: boolean): ChildProcess {
  const profile = office.people.get(person);
  if (!profile) throw new Error("no such person");
  const { database } = office.world.pool.options;
  const given: LoneSender = {
    database: { ...inject("postgres"), ...(database ? { database } : {}), max: 3 },
    now: office.world.clock.now().toString(),
    smtpUrl: office.mail.url,
    publicUrl: PUBLIC_URL,
    people: [profile],
    isStuck,
  };
  const script = new URL("../testing/lone-sender.ts", import.meta.url).pathname;
  return spawn(process.execPath, [script, JSON.stringify(given)], { stdio: ["ignore", "pipe", "inherit"] });
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

const statusOf = async (id: string) =>
  (await one(office.world.db, sql<{ status: string }>`select status from messages.messages where id = ${id}`))?.status;
const toldOf = async (id: string) =>
  (await office.events()).filter((event) => event.properties.message_id === id).map((event) => event.name);

test("MSG-3 kill -9 between claim and send: one mail, later", async () => {
  const { id, person } = await queueOne();
  const child = startSender(person, true);
  await vi.waitFor(async () => expect(await statusOf(id)).toBe("sending"), { timeout: 20_000 });
  await kill(child);
  await office.messages.sendDue();
  expect(office.mail.received).toHaveLength(0);
  office.world.clock.advance("PT5M");
  await office.messages.sendDue();
  expect(office.mail.received).toHaveLength(1);
  expect(await statusOf(id)).toBe("sent");
  expect(await toldOf(id)).toEqual(["Email Sent"]);
});

test("MSG-3 kill -9 between the server's yes and our note: the same Message-ID again, one event", async () => {
  office.mail.received.length = 0;
  const { id, person } = await queueOne();
  const killed = new Promise<void>((resolve) => {
    office.mail.onMail = async () => {
      office.mail.onMail = async () => {};
      await kill(child);
      resolve();
    };
  });
  const child = startSender(person, false);
  await killed;
  expect(await statusOf(id)).toBe("sending");
  office.world.clock.advance("PT5M");
  await office.messages.sendDue();
  expect(office.mail.received.map((mail) => mail.messageId)).toEqual([`<${id}@kilim.test>`, `<${id}@kilim.test>`]);
  expect(await statusOf(id)).toBe("sent");
  expect(await toldOf(id)).toEqual(["Email Sent"]);
});

test("MSG-3 killed again and again in the middle of many: none is lost, and none doubled but what was just taken", async () => {
  office.mail.received.length = 0;
  const person = office.addPerson({ email: `many${++keys}@example.com` });
  const all = await inTransaction(office.world.db, (tx) =>
    office.messages.enqueue(
      tx,
      Array.from({ length: 40 }, (_, i) => ({ key: `many:${i}`, profileId: person, templateId: template })),
    ),
  );
  const kills = 3;
  for (let n = 1; n <= kills; n++) {
    const reached = new Promise<void>((resolve) => {
      office.mail.onMail = async () => {
        if (office.mail.received.length >= n * 9) resolve();
      };
    });
    const child = startSender(person, false);
    await reached;
    await kill(child);
    office.world.clock.advance("PT5M");
  }
  office.mail.onMail = async () => {};
  await office.messages.sendDue();
  const got = office.mail.received.map((mail) => mail.messageId);
  expect(new Set(got)).toEqual(new Set(all.map((id) => `<${id}@kilim.test>`)));
  // At most what was in hand, or taken and not yet written down, at each kill.
  expect(got.length - all.length).toBeLessThanOrEqual(kills * 16);
  const told = (await office.events()).filter(({ properties }) => all.includes(String(properties.message_id)));
  expect(told.map(({ name }) => name)).toEqual(Array(40).fill("Email Sent"));
});
