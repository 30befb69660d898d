import { expect, test } from "vitest";

import type { Outcome, OutgoingMessage } from "../channels/adapter.ts";
import type { Lines } from "../channels/lines.ts";
import type { Way } from "../channels/way.ts";
import { sendEverywhere } from "./send-everywhere.ts";

const accepted = (providerId: string): Outcome => ({ kind: "accepted", providerId });
const gone: Outcome = { kind: "permanent", reason: "gone", badAddress: true };
const refused: Outcome = { kind: "permanent", reason: "refused" };
const busy: Outcome = { kind: "transient", reason: "busy" };

/** Devices called after their token, of which the service says this. */
async function push(says: Record<string, Outcome>, has = (_kind: string) => true) {
  const heard: string[] = [];
  const kindOf = (to: string) => (JSON.parse(to) as { kind: string }).kind;
  const way = { from: "", accountOf: (to: string) => (has(kindOf(to)) ? { id: kindOf(to) } : null) } as unknown as Way;
  const send = async ([message]: OutgoingMessage[]) => {
    const { token } = JSON.parse(message?.to ?? "") as { token: string };
    heard.push(token);
    return [says[token]];
  };
  const to = Object.keys(says).map((token) => ({ kind: token.startsWith("f") ? "fcm" : "web", token }));
  const message = { id: "m", to: JSON.stringify(to), content: {}, at: "" } as unknown as OutgoingMessage;
  return { sent: await sendEverywhere({ of: () => ({ send }) } as unknown as Lines, way, message), heard };
}

test("VISIT-1 a push that one device has taken is sent, whatever the others say; each is asked once", async () => {
  const { sent, heard } = await push({ w1: gone, f1: accepted("p1"), w2: busy });
  expect(sent).toMatchObject({ outcome: accepted("p1"), account: { id: "fcm" } });
  expect(heard.sort()).toEqual(["f1", "w1", "w2"]);
});

test("VISIT-1 it is tried again while a device may take it, and the address is bad only when all are gone", async () => {
  expect((await push({ w1: gone, w2: busy })).sent?.outcome.kind).toBe("transient");
  expect((await push({ w1: gone, w2: refused })).sent?.outcome).toMatchObject({ kind: "permanent", badAddress: false });
  expect((await push({ w1: gone, w2: gone })).sent?.outcome).toMatchObject({ kind: "permanent", badAddress: true });
});

test("VISIT-1 a device whose service has no account is passed over; with none at all nothing is sent", async () => {
  expect((await push({ w1: accepted("p"), f1: busy }, (kind) => kind === "web")).heard).toEqual(["w1"]);
  expect((await push({ f1: busy }, () => false)).sent).toBeNull();
});
