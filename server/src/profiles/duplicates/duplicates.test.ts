import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../../platform/testing/server.ts";
import type { Duplicate } from "../contracts.ts";
import { findDuplicates } from "./find-duplicates.ts";
import { isOneTypoApart } from "./one-typo-apart.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

const identify = (userId: string, traits: object) => server.call("POST", "/v1/identify", { userId, traits });
async function look(): Promise<void> {
  await server.settle();
  // The server's own loop may have taken some of them: they are done when nobody is left.
  for (;;) {
    await findDuplicates(server.db, server.clock);
    const { rows } = await server.pool.query("select 1 from profiles.search where is_fresh limit 1");
    if (rows.length === 0) return;
  }
}
async function suggested(state = "open"): Promise<Duplicate[]> {
  return (await server.call<{ items: Duplicate[] }>("GET", `/v1/identity/duplicates?state=${state}`)).body.items;
}
async function between(one: string, other: string, state = "open"): Promise<Duplicate | undefined> {
  const has = ({ identifiers }: Duplicate["a"], user: string) => identifiers.some(({ value }) => value === user);
  return (await suggested(state)).find(({ a, b }) => (has(a, one) && has(b, other)) || (has(a, other) && has(b, one)));
}

test("PRO-6 people who look alike are suggested with what speaks for it, and stay two people", async () => {
  await identify("n1", { name: "Ayşe Işık", birthday: "1990-05-04" });
  await identify("n2", { first_name: "AYSE", last_name: "ISIK", birthday: "1990-05-04" });
  await identify("e1", { email: "jane.doe@gmail.com" });
  await identify("e2", { email: "jane.doe@gmial.com" });
  await identify("e3", { email: "jane.deo@gmail.com" });
  await identify("p1", { name: "Budi Santoso", phone: "+62 812 3456 7890" });
  await identify("p2", { name: "Budi Santoso", phone: "0812-3456-7890" });
  await identify("a1", { name: "Kemal Er", address: { street: "Lale Sk. 3", postal_code: "35000" } });
  await identify("a2", { name: "Er, Kemal", address: { street: "Lale sk 3", postalCode: "35000" } });
  await look();
  expect((await between("n1", "n2"))?.evidence).toEqual(["same_name_birthday"]);
  expect((await between("e1", "e2"))?.evidence).toEqual(["email_typo"]);
  expect((await between("e1", "e3"))?.evidence).toEqual(["email_typo"]);
  expect(await between("e2", "e3")).toBeUndefined();
  expect((await between("p1", "p2"))?.evidence).toEqual(["same_phone", "same_name"]);
  expect((await between("a1", "a2"))?.evidence).toEqual(["same_name_address"]);
  expect(await suggested()).toHaveLength(5);
});

test("PRO-6 who only shares a first name, a household's address or a birthday is not suggested", async () => {
  await identify("x1", { name: "Deniz", birthday: "1991-01-01" });
  await identify("x2", { name: "Deniz", birthday: "1991-01-01" });
  await identify("h1", { name: "Ada Ak", email: "family@ak.example" });
  await identify("h2", { name: "Can Ak", email: "family@ak.example" });
  await identify("t1", { name: "Ece Su", birthday: "1992-01-01", email: "ece.su@x.example" });
  await identify("t2", { name: "Ela Su", birthday: "1992-01-01", email: "ele.su@x.example" });
  await look();
  for (const [one, other] of [
    ["x1", "x2"],
    ["h1", "h2"],
    ["t1", "t2"],
  ] as const)
    expect(await between(one, other), one).toBeUndefined();
});

test("PRO-6 what somebody has said are two people is not suggested again, until they take it back", async () => {
  const pair = await between("e1", "e2");
  expect((await server.call("POST", `/v1/identity/duplicates/${pair?.id}/dismiss`, {})).status).toBe(200);
  await identify("e1", { email: "jane.doe@gmail.com", city: "Izmir" });
  await look();
  expect(await between("e1", "e2")).toBeUndefined();
  expect(await between("e1", "e2", "dismissed")).toMatchObject({ state: "dismissed", decided_by: "API" });
  await server.call("POST", `/v1/identity/duplicates/${pair?.id}/reopen`, {});
  expect(await between("e1", "e2")).toMatchObject({ state: "open", decided_by: null });
  expect((await server.call("POST", `/v1/identity/duplicates/${crypto.randomUUID()}/dismiss`, {})).status).toBe(404);
});

test("PRO-6 a suggestion ends when they are no longer alike, and follows who is merged", async () => {
  // At the same instant the message id would decide which phone is the newer.
  server.clock.advance({ seconds: 1 });
  await identify("p2", { phone: "0812-9999-9999" });
  await look();
  expect(await between("p1", "p2")).toBeUndefined();
  await server.call("POST", `/v1/identity/duplicates/${(await between("n1", "n2"))?.id}/dismiss`, {});
  const traits = { name: "Ayşe Işık", birthday: "1990-05-04" };
  await server.call("POST", "/v1/identify", { anonymousId: "n1-phone", traits });
  await look();
  expect(await suggested()).toHaveLength(5);
  await server.call("POST", "/v1/identify", { userId: "n1", anonymousId: "n1-phone", traits });
  await look();
  expect(await between("n1", "n2")).toBeUndefined();
  expect(await between("n1", "n2", "dismissed")).toBeDefined();
});

test("a number in an address is not a typo", () => {
  for (const [a, b] of [
    ["jane@x.co", "jane2@x.co"],
    ["jane1@x.co", "jane2@x.co"],
    ["jane12@x.co", "jane21@x.co"],
  ] as const)
    expect(isOneTypoApart(a, b), `${a} ${b}`).toBe(false);
});

test("one typo is one letter more, less, other or swapped with its neighbour", () => {
  const letters = fc.stringMatching(/^[abc]{0,8}$/);
  const edits = (word: string) =>
    new Set(
      [...word, ""].flatMap((_, i) => [
        word.slice(0, i) + word.slice(i + 1),
        ...["a", "b", "c"].flatMap((x) => [
          word.slice(0, i) + x + word.slice(i),
          ...(i < word.length ? [word.slice(0, i) + x + word.slice(i + 1)] : []),
        ]),
        word.slice(0, i) + (word[i + 1] ?? "") + (word[i] ?? "") + word.slice(i + 2),
      ]),
    );
  fc.assert(
    fc.property(letters, letters, (a, b) => {
      expect(isOneTypoApart(a, b)).toBe(a !== b && edits(a).has(b));
    }),
    { numRuns: 3000, seed: 3 },
  );
});
