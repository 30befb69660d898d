import { randomBytes } from "node:crypto";

import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { type History, openHistory } from "./history.ts";

const database = `history_test_${randomBytes(4).toString("hex")}`;
const other = `${database}_other`;
let history: History;
let second: History;

beforeAll(async () => {
  const admin = openHistory({ ...inject("history"), database: "default" });
  for (const name of [database, other]) await admin.command(`create database ${name}`);
  await admin.close();
  history = openHistory({ ...inject("history"), database });
  second = openHistory({ ...inject("history"), database: other });
  for (const one of [history, second]) {
    await one.command(
      `create table visits (id UInt64, at DateTime64(3, 'UTC'), note String)
       engine = MergeTree order by id settings non_replicated_deduplication_window = 100`,
    );
  }
});

afterAll(async () => {
  for (const name of [database, other]) await history.command(`drop database ${name}`);
  await history.close();
  await second.close();
});

const at = "2026-03-02T09:00:00.123Z";

test("the same rows with the same token are added once, with another token again", async () => {
  const rows = [{ id: 1, at, note: "a" }];
  await history.insert("visits", rows, { token: "batch 1" });
  await history.insert("visits", rows, { token: "batch 1" });
  expect(await history.query("select count() as n from visits where id = 1")).toEqual([{ n: 1 }]);
  await history.insert("visits", rows, { token: "batch 2" });
  expect(await history.query("select count() as n from visits where id = 1")).toEqual([{ n: 2 }]);
});

test("empty lines, in front of the rows too, are no rows and cut none off", async () => {
  const lines = [31, 32].map((id) => JSON.stringify({ id, at, note: "below a gap" }));
  await history.insertRaw("visits", Buffer.from(`\n\n${lines[0]}\n\n${lines[1]}\n`));
  await history.insertRaw("visits", "\n");
  expect(await history.query("select id from visits where note = 'below a gap' order by id")).toEqual([
    { id: 31 },
    { id: 32 },
  ]);
});

test("two databases of one engine do not see each other's rows", async () => {
  await second.insert("visits", [{ id: 7, at, note: "other" }]);
  expect(await history.query("select id from visits where id = 7")).toEqual([]);
  expect(await second.query("select id from visits")).toEqual([{ id: 7 }]);
});

test("times are RFC 3339 in and out, big whole numbers are numbers, every character survives", async () => {
  const note = `it's a \\ "quoted"\ttab\nline ☂ {x:String}`;
  await history.insertRaw("visits", Buffer.from(`${JSON.stringify({ id: 2 ** 52, at, note })}\n`));
  const found = await history.query(
    "select id, at, note from visits where at >= {from:DateTime64(3)} and note = {note:String} and id in {ids:Array(UInt64)}",
    { from: at, note, ids: [2 ** 52, 3] },
  );
  expect(found).toEqual([{ id: 2 ** 52, at, note }]);
});

test("parameters may be far larger than a URL", async () => {
  const ids = Array.from({ length: 20_000 }, (_, i) => `it's number ${i}`);
  expect(await history.query("select length({ids:Array(String)}) as n", { ids })).toEqual([{ n: 20_000 }]);
});

test("a wrong statement gives ClickHouse's own error with its code", async () => {
  await expect(history.query("select nothing_of_this_name")).rejects.toMatchObject({
    code: "47",
    type: "UNKNOWN_IDENTIFIER",
  });
  await expect(history.command("selec 1")).rejects.toMatchObject({ code: "62" });
  await expect(history.query("select * from nowhere")).rejects.toMatchObject({ code: "60" });
  await expect(history.insert("visits", [{ id: "x" }])).rejects.toMatchObject({ code: "27" });
});

test("a setting given for one statement does not reach the next", async () => {
  const settings = { clickhouse_settings: { max_result_rows: "1" } };
  const query = "select number from numbers(10)";
  await expect(
    history.client.query({ query, format: "JSONEachRow", ...settings }).then((result) => result.json()),
  ).rejects.toThrow(/Limit for result exceeded/);
  expect(await history.query(query)).toHaveLength(10);
});

test("a query may not take more memory than its bound, and the next one runs", async () => {
  const greedy = "select count() from (select number, groupArray(toString(number)) from numbers(1e8) group by number)";
  const settings = { clickhouse_settings: { max_memory_usage: "50000000", max_bytes_before_external_group_by: "0" } };
  await expect(
    history.client.query({ query: greedy, ...settings }).then((result) => result.text()),
  ).rejects.toMatchObject({ code: "241" });
  expect(await history.query("select 1 as one")).toEqual([{ one: 1 }]);
});

test("a large answer is streamed", async () => {
  const result = await history.client.query({ query: "select number from numbers(1000000)", format: "JSONEachRow" });
  let rows = 0;
  for await (const part of result.stream()) rows += part.length;
  expect(rows).toBe(1_000_000);
});
