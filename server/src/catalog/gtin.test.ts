import { describe, expect, test } from "vitest";

import { checkDigit, gtinReadings, hasCheckDigit, toGtin14 } from "./gtin.ts";

describe("CAT-2 a GTIN is kept as 14 digits and only with its check digit", () => {
  test.each([
    ["9521234543213", "09521234543213"],
    ["4006381333931", "04006381333931"],
    ["036000291452", "00036000291452"],
    ["96385074", "00000096385074"],
    ["00012345600012", "00012345600012"],
    ["400 6381-333931", "04006381333931"],
  ])("%s is kept as %s", (text, kept) => {
    expect(toGtin14(text)).toBe(kept);
  });

  test.each([
    ["06543217", "00065100004327"],
    ["04252614", "00042100005264"],
  ])("UPC-E %s stands for %s", (text, kept) => {
    expect(toGtin14(text)).toBe(kept);
  });

  test("what can be a GTIN-8 as well as a UPC-E is kept as the one and looked for as both", () => {
    expect(toGtin14("04252641")).toBe("00000004252641");
    expect(gtinReadings("04252641")).toEqual(["00000004252641", "00042520000061"]);
    expect(gtinReadings("04252614")).toEqual(["00042100005264"]);
  });

  test.each([
    "4006381333932",
    "036000291453",
    "96385075",
    "06543218",
    "123",
    "",
    "40063813339311234",
    "４００６381333931",
    "0000000000000",
    "4006381333931x",
  ])("%s is refused", (text) => {
    expect(toGtin14(text)).toBeNull();
  });

  test("the same arithmetic holds for an SSCC", () => {
    expect(hasCheckDigit("106141411234567897")).toBe(true);
    expect(hasCheckDigit("106141411234567896")).toBe(false);
  });

  test("every single wrong digit is noticed", () => {
    const code = "9521234543213";
    for (let i = 0; i < code.length; i++) {
      for (let d = 0; d < 10; d++) {
        if (String(d) === code[i]) continue;
        expect(toGtin14(`${code.slice(0, i)}${d}${code.slice(i + 1)}`)).toBeNull();
      }
    }
    expect(checkDigit("952123454321")).toBe(3);
  });
});
