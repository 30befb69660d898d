import { expect, test } from "vitest";

import { giveDefault } from "./give-default.ts";

test.each([
  ["Hi {{ person.first_name }}", 'Hi {{ person.first_name | default: "you" }}'],
  ["Hi {{person.first_name|upcase}}!", 'Hi {{ person.first_name | default: "you" |upcase }}!'],
  ['{{ person.first_name | default: "me" }}', '{{ person.first_name | default: "me" }}'],
  ["{{ person.first_names }} {% if person.first_name %}", "{{ person.first_names }} {% if person.first_name %}"],
])("%s", (text, wanted) => {
  expect(giveDefault({ blocks: [{ text }] }, "person.first_name", "you")).toEqual({ blocks: [{ text: wanted }] });
});

test("a default cannot end the Liquid it stands in", () => {
  expect(giveDefault("{{ a.b }}", "a.b", 'x" }}{% for %}')).toBe('{{ a.b | default: "x\'  for " }}');
});
