import { expect, test } from "vitest";

import { senderOf, smsSenderOf } from "./sender-of.ts";

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

test.each([
  ["a number", { address: "+905551234567" }, { from: "+905551234567" }],
  ["a number before a name", { name: "Dokuma", address: "8080" }, { from: "8080" }],
  ["a name", { name: "Dokuma 1" }, { from: "Dokuma 1" }],
  ["what no network takes", { name: "Dokuma, the weavers" }, {}],
  ["nothing", {}, {}],
])("CNT-1 an SMS comes from whom the kit names: %s", (_name, sms, wanted) => {
  expect(smsSenderOf({ senders: { sms: { name: "", address: "", reply_to: "", ...sms } } })).toEqual(wanted);
});
