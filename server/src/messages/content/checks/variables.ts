import { VARIABLES } from "../variables.ts";
import { type Checked, error, type Found, textsOf, warning } from "./check.ts";

const ROOTS = new Set([...VARIABLES.map(({ name }) => name.split(/[.[]/)[0]), "products", "person", "event", "data"]);
const OUTPUT = /\{\{-?\s*([^{}]+?)\s*-?\}\}/g;

/** Variables that do not exist, and those that somebody may lack and that have no default. */
export function checkVariables({ variables, written }: Checked): Found[] {
  const unknown = [...new Set(variables)]
    .filter((name) => !ROOTS.has(name.split(/[.[]/)[0] ?? ""))
    .map((name) => error("variable_unknown", "", "There is no such variable.", name));
  return [...unknown, ...withoutDefault(written)];
}

function withoutDefault(written: Checked["written"]): Found[] {
  const texts = textsOf(written);
  const all = texts.map(({ text }) => text).join("\n");
  const found = new Map<string, Found>();
  for (const { path, text } of texts) {
    for (const [, expression = ""] of text.matchAll(OUTPUT)) {
      const [name = "", ...filters] = expression.split("|").map((part) => part.trim());
      if (!mayBeMissing(name) || filters.some((filter) => filter.startsWith("default"))) continue;
      if (new RegExp(`\\b(?:if|unless|case|elsif)\\b[^%]*${name.replaceAll(".", "\\.")}`).test(all)) continue;
      found.set(name, warning("no_default", path, "Not everybody has this; add a default, or they read a gap.", name));
    }
  }
  return [...found.values()];
}

function mayBeMissing(name: string): boolean {
  const known = VARIABLES.find((variable) => variable.name === name);
  return known ? known.may_be_missing : /^(person|event|data)\.[\w.]+$/.test(name);
}
