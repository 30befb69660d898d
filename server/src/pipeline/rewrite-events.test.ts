import { afterAll, beforeAll, expect, test } from "vitest";

import { createWorld, type World } from "../platform/testing/world.ts";
import { dropOverrides, handOver, MERGES_PER_MUTATION, rewriteMerges } from "./queries/rewrite-events.ch.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const idOf = (kind: number, n: number) => `0198c00${kind}-0000-7000-8000-${String(n).padStart(12, "0")}`;

test("PIP-9 as many merges as go together, and a separation of many events, are written by statements that ClickHouse takes", async () => {
  const merges = Array.from({ length: MERGES_PER_MUTATION }, (_, n) => ({
    from_id: idOf(1, n),
    into_id: idOf(2, n % 10),
    version: 1,
  }));
  const row = { timestamp: "2026-03-02T09:00:00.000Z", received_at: "2026-03-02T09:00:00.000Z", source: "s", batch: 1 };
  await world.history.insert(
    "events",
    merges.map(({ from_id }, n) => ({ ...row, profile_id: from_id, message_id: `m${n}` })),
  );
  await world.history.insert("profile_overrides", merges);
  const people = () =>
    world.history.query("select person_id, count() as n from events group by person_id order by person_id");
  const perPerson = Array.from({ length: 10 }, (_, n) => ({ person_id: idOf(2, n), n: MERGES_PER_MUTATION / 10 }));
  for (let twice = 0; twice < 2; twice++) {
    await rewriteMerges(world.history, merges);
    expect(await people()).toEqual(perPerson);
  }
  await dropOverrides(
    world.history,
    merges.map((merge) => merge.from_id),
    1,
  );
  expect(await world.history.query("select count() as n from profile_overrides")).toEqual([{ n: 0 }]);

  const host = idOf(3, 1);
  const person = idOf(3, 2);
  const many = Array.from({ length: 5_000 }, (_, n) => ({ ...row, profile_id: host, message_id: `h${n}` }));
  await world.history.insert("events", many);
  const [{ keys } = { keys: "" }] = await world.history.query<{ keys: string }>(
    `select arrayStringConcat(groupArray(lower(hex(MD5(concat(source, char(0), message_id)))))) as keys
     from events where profile_id = {host:UUID} and message_id != 'h7'`,
    { host },
  );
  await handOver(world.history, {
    id: person,
    person_id: person,
    profile_ids: [person],
    host_ids: [host],
    keys: Buffer.from(keys, "hex"),
    version: 1,
  });
  expect(await world.history.query("select message_id from events where person_id = {host:UUID}", { host })).toEqual([
    { message_id: "h7" },
  ]);
});
