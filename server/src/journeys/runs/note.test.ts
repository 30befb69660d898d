import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { expect, test } from "vitest";

import { noteCodes, noteView, readNote } from "./note.ts";

const DOCS = resolve(import.meta.dirname, "../../../../docs/journeys.md");

test("every code that a step or a rehearsal may say stands in the docs", async () => {
  const page = await readFile(DOCS, "utf8");
  expect(noteCodes().filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});

test("codes of other rooms carry the room's name, so that they never mean one of ours", () => {
  expect(noteView.safeParse({ code: "loyalty.points_given", points: 5 }).success).toBe(true);
  expect(noteView.safeParse({ code: "points_given", points: 5 }).success).toBe(false);
  expect(noteView.safeParse({ code: "waits" }).success, "without its duration").toBe(false);
});

test("a sentence of an earlier version stays readable", () => {
  expect(readNote("waits PT1H")).toEqual({ code: "text", text: "waits PT1H" });
});
