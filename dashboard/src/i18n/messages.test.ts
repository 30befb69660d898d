import { expect, test } from "vitest";

import { en } from "./en.ts";
import { id } from "./id.ts";
import { tr } from "./tr.ts";

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, path = ""): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string" ? [[`${path}${key}`, value] as const] : [...flatten(value, `${path}${key}.`)],
    ),
  );
}
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test.each([
  ["tr", tr],
  ["id", id],
])("%s says everything English says, with the same values in it", (_language, messages) => {
  const english = flatten(en);
  const other = flatten(messages);
  expect([...other.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [key, text] of english) {
    expect(other.get(key), key).not.toBe("");
    expect(holes(other.get(key) ?? ""), key).toEqual(holes(text));
  }
});
