import { expect, test } from "vitest";
import { gtinReadings as serversReadings } from "../../../server/src/catalog/gtin.ts";
import { gtinReadings } from "./gtin-readings.ts";

test.each([
  ["06543217", "00065100004327"],
  ["01201303", "00012000000133"],
  ["04252614", "00042100005264"],
  ["01234133", "00012300000413"],
  ["04904500", "00049000000450"],
  ["04252623", "00042200005263"],
  ["11234520", "00112200003450"],
  ["04252641", "00042520000061"],
  ["04567840", "00045670000080"],
  ["07834909", "00078000003499"],
  ["04252658", "00042526000058"],
  ["14252655", "00142526000055"],
])("CAT-2 the UPC-E %s means the UPC-A that it stands for, here as at the server", (code, upcA) => {
  expect(gtinReadings(code)).toContain(upcA);
  expect(serversReadings(code)).toContain(upcA);
});

test("what a longer code or a GTIN-8 means is itself, words and short numbers mean nothing", () => {
  expect(gtinReadings("9521234543213")).toEqual(["09521234543213"]);
  expect(gtinReadings("96385074")).toEqual(["00000096385074"]);
  expect(gtinReadings("ILG-BRI-39")).toEqual([]);
  expect(gtinReadings("1234567")).toEqual([]);
});
