import { expect, test } from "vitest";

import { marketQuery, nameOfMarket, readMarketName } from "./market.ts";

test("a market's name in an address is read as it is written, and nothing else is taken for one", () => {
  for (const market of [{ currency: "TRY", region: "TR" }, { currency: "EUR" }, { currency: "USD", region: "US-CA" }])
    expect(readMarketName(nameOfMarket(market))).toEqual(market);
  expect(readMarketName("try-tr")).toEqual({ currency: "TRY", region: "TR" });
  for (const name of [null, "", "TR", "TRY-", "TRY-TUR", "TRY-TR-<b>", "TRY TR"])
    expect(readMarketName(name)).toBeNull();
  expect(marketQuery({ currency: "TRY", region: "TR" })).toBe("currency=TRY&region=TR");
  expect(marketQuery({})).toBe("");
});
