import { expect, test } from "vitest";

import { senderOf } from "./sender-of.ts";

const kit = (email?: { name?: string; address?: string; reply_to?: string }) => ({
  name: "Loom",
  senders: email ? { email: { name: "", address: "", reply_to: "", ...email } } : {},
});

test.each([
  ["nothing in the kit", kit(), { from: "Shop <shop@a.test>" }],
  ["a name", kit({ name: 'Ay"şe' }), { from: '"Ayşe" <shop@a.test>' }],
  ["an address", kit({ address: "hello@b.test" }), { from: '"Loom" <hello@b.test>' }],
  [
    "all of it",
    kit({ name: "Ayşe", address: "hello@b.test", reply_to: "desk@b.test" }),
    { from: '"Ayşe" <hello@b.test>', reply_to: "desk@b.test" },
  ],
])("CNT-1 a mail comes from whom the kit names: %s", (_name, given, wanted) => {
  expect(senderOf(given, "Shop <shop@a.test>")).toEqual(wanted);
});

test("an address alone gets the kit's name too, and the brand's where it names no sender", () => {
  expect(senderOf(kit({ name: "Ayşe" }), "shop@a.test")).toEqual({ from: '"Ayşe" <shop@a.test>' });
  expect(senderOf(kit(), "shop@a.test")).toEqual({ from: '"Loom" <shop@a.test>' });
});
