import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import i18next from "i18next";
import { beforeAll, expect, test } from "vitest";
import kioskWords from "../kiosk/locales/tr.json" with { type: "json" };
import words from "../locales/tr.json" with { type: "json" };
import { codeOf, refusal } from "./refusal.ts";

const refused = (code: string) => Object.assign(new Error("Mend `errors`."), { code });

beforeAll(() => i18next.init({ lng: "tr", resources: { tr: { translation: words } } }));

test("a refusal is told in the associate's words, never in the server's", () => {
  const told = (error: Error) => refusal(i18next.t, codeOf(error));
  expect(told(refused("code_unknown"))).toBe(words.refused.code_unknown);
  expect(told(refused("unreachable"))).toBe(words.refused.unreachable);
  expect(told(refused("something_new"))).toContain("something_new");
  expect(told(new TypeError("x is undefined"))).not.toContain("undefined");
});

test("every refusal that has words is one that the server gives", () => {
  const rooms = new URL("../../../server/src", import.meta.url).pathname;
  const files = readdirSync(rooms, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith("errors.ts"));
  const catalogues = files.map((path) => readFileSync(join(rooms, path), "utf8")).join("\n");
  const known = new Set(catalogues.match(/^ {2}\w+(?=: \{)/gm)?.map((code) => code.trim()));
  for (const code of Object.keys({ ...words.refused, ...kioskWords.refused })) {
    if (code !== "unreachable") expect(known, code).toContain(code);
  }
});
