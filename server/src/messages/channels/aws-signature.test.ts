import { expect, test } from "vitest";

import { signAws } from "./aws-signature.ts";

/** The suite AWS publishes (`get-vanilla`, `get-vanilla-query-order-key-case`, `post-vanilla`). */
const keys = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  region: "us-east-1",
  service: "service",
};
const at = Temporal.Instant.from("2015-08-30T12:36:00Z");

test.each([
  ["GET", "https://example.amazonaws.com/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
  [
    "GET",
    "https://example.amazonaws.com/?Param2=value2&Param1=value1",
    "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
  ],
  ["POST", "https://example.amazonaws.com/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"],
])("ADAPT-2 %s %s is signed as AWS's own suite says", (method, url, signature) => {
  expect(signAws(keys, { method, url, body: "" }, at).authorization).toMatch(new RegExp(`Signature=${signature}$`));
});
