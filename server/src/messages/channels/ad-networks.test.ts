import { generateKeyPairSync, hash } from "node:crypto";

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { hangsUp, type Provider, says, startProvider } from "../testing/provider.ts";
import { adNetworkOf } from "./adapters.ts";
import { openAdLine } from "./lines.ts";

let provider: Provider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());
beforeEach(() => {
  provider.heard.length = 0;
});

const sha = (text: string) => hash("sha256", text, "hex");
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = privateKey.export({ type: "pkcs8", format: "pem" });
const serviceAccount = () =>
  JSON.stringify({ client_email: "a@b.iam", private_key: pem, token_uri: `${provider.url}/token` });

function open(name: "meta" | "google", more: object = {}) {
  const secrets: Record<string, string> =
    name === "meta" ? { access_token: "EAA" } : { service_account: serviceAccount() };
  const settings =
    name === "meta" ? more : { customer_id: "1234567890", login_customer_id: "9876543210", terms: "accepted" };
  const account = { id: "x", channel: "ads", provider: name, settings, secrets, endpoint: provider.url } as const;
  return openAdLine({ ...account, ratePerSecond: null, version: "1" }, provider.tools);
}
const hashed = (name: string, email: string | null, phone: string | null) =>
  adNetworkOf(name)?.hash({ email, phone }) ?? [];
const TOKEN = says(200, { access_token: "ya29", expires_in: 3600 });

test.each([
  ["meta", "  Jane.Doe+Sale@Gmail.COM ", "jane.doe+sale@gmail.com", "905551234567"],
  ["google", "  Jane.Doe+Sale@Gmail.COM ", "janedoe@gmail.com", "+905551234567"],
  ["google", "j.d+x@GoogleMail.com", "jd@googlemail.com", "+905551234567"],
  ["google", "User.Name+NYC@Example.com", "user.name+nyc@example.com", "+905551234567"],
])("AUD-1 %s knows %s by the hash of %s, and a phone by that of its own form", (name, email, plain, phone) => {
  expect(hashed(name, email, "+905551234567")).toEqual([`email:${sha(plain)}`, `phone:${sha(phone)}`]);
  expect(hashed(name, null, null)).toEqual([]);
});

test("ADAPT-2 Meta is told by POST and DELETE of the audience's users, hashes in the order of the schema", async () => {
  provider.next(says(200, { audience_id: "23", session_id: "9", num_received: 2, num_invalid_entries: 0 }));
  const people = [hashed("meta", "jane@example.com", "+905551234567"), hashed("meta", null, "+628123456789")];
  expect(await open("meta").add("23", people)).toEqual({
    kind: "accepted",
    requestId: "9",
    report: { state: "done", match: null, problems: [] },
  });
  const [heard] = provider.heard;
  expect(`${heard?.method} ${heard?.path}`).toBe("POST /23/users");
  expect(heard?.headers.authorization).toBe("Bearer EAA");
  expect(heard?.headers["content-type"]).toBe("application/json");
  expect(JSON.parse(heard?.body ?? "")).toEqual({
    payload: {
      schema: ["EMAIL", "PHONE"],
      data: [
        [sha("jane@example.com"), sha("905551234567")],
        ["", sha("628123456789")],
      ],
    },
  });
  provider.next(says(200, { audience_id: "23", num_received: 2, num_invalid_entries: 0 }));
  expect((await open("meta").remove("23", people)).kind).toBe("accepted");
  expect(provider.heard[1]?.method).toBe("DELETE");
  expect(provider.heard[1]?.body).toBe(heard?.body);
});

test("ADAPT-2 Google is told by ingest and remove of the Data Manager API, for the account and the audience", async () => {
  provider.next(TOKEN, says(200, { requestId: "r1" }), says(200, { requestId: "r2" }));
  const line = open("google");
  expect(await line.add("77", [hashed("google", "jane@example.com", "+905551234567")])).toEqual({
    kind: "accepted",
    requestId: "r1",
    report: null,
  });
  expect((await line.remove("77", [hashed("google", "jane@example.com", null)])).kind).toBe("accepted");
  const [token, added, removed] = provider.heard;
  const claims = JSON.parse(
    Buffer.from(new URLSearchParams(token?.body).get("assertion")?.split(".")[1] ?? "", "base64url").toString(),
  );
  expect(claims).toMatchObject({ iss: "a@b.iam", scope: "https://www.googleapis.com/auth/datamanager" });
  expect(`${added?.method} ${added?.path}`).toBe("POST /v1/audienceMembers:ingest");
  expect(added?.headers.authorization).toBe("Bearer ya29");
  const destinations = [
    {
      operatingAccount: { accountType: "GOOGLE_ADS", accountId: "1234567890" },
      loginAccount: { accountType: "GOOGLE_ADS", accountId: "9876543210" },
      productDestinationId: "77",
    },
  ];
  expect(JSON.parse(added?.body ?? "")).toEqual({
    destinations,
    audienceMembers: [
      {
        userData: {
          userIdentifiers: [{ emailAddress: sha("jane@example.com") }, { phoneNumber: sha("+905551234567") }],
        },
      },
    ],
    encoding: "HEX",
    consent: { adUserData: "CONSENT_GRANTED", adPersonalization: "CONSENT_GRANTED" },
    termsOfService: { customerMatchTermsOfServiceStatus: "ACCEPTED" },
  });
  expect(removed?.path).toBe("/v1/audienceMembers:remove");
  expect(JSON.parse(removed?.body ?? "")).toEqual({
    destinations,
    audienceMembers: [{ userData: { userIdentifiers: [{ emailAddress: sha("jane@example.com") }] } }],
    encoding: "HEX",
  });
});

test("AUD-12 Meta says at once whom it did not take", async () => {
  const people = [hashed("meta", "jane@example.com", null), hashed("meta", "joe@example.com", null)];
  const answers = [1, 2].map((invalid) => says(200, { num_received: 2, num_invalid_entries: invalid }));
  provider.next(...answers);
  for (const [state, invalid] of [
    ["partial", 1],
    ["failed", 2],
  ] as const)
    expect(await open("meta").add("23", people)).toMatchObject({
      report: { state, problems: [{ reason: "num_invalid_entries", people: invalid }] },
    });
});

const statusOf = (requestStatus: string, more: object = {}) =>
  says(200, {
    requestStatusPerDestination: [
      { destination: { productDestinationId: "77", reference: "" }, requestStatus, ...more },
    ],
  });

test.each([
  ["at work on it", statusOf("PROCESSING"), null],
  [
    "done, and how many it knows",
    statusOf("SUCCESS", {
      audienceMembersIngestionStatus: {
        userDataIngestionStatus: {
          recordCount: "2000",
          userIdentifierCount: "3500",
          uploadMatchRateRange: "MATCH_RATE_RANGE_41_TO_50",
        },
      },
    }),
    { state: "done", match: { from: 41, to: 50 }, problems: [] },
  ],
  [
    "partly done, and why not for all",
    statusOf("PARTIAL_SUCCESS", {
      errorInfo: { errorCounts: [{ recordCount: "12", reason: "PROCESSING_ERROR_REASON_INVALID_FORMAT" }] },
      warningInfo: { warningCounts: [{ recordCount: "3", reason: "PROCESSING_WARNING_REASON_INTERNAL_ERROR" }] },
      audienceMembersIngestionStatus: {
        userDataIngestionStatus: { recordCount: "2000", uploadMatchRateRange: "MATCH_RATE_RANGE_LESS_THAN_20" },
      },
    }),
    {
      state: "partial",
      match: { from: 0, to: 20 },
      problems: [
        { reason: "PROCESSING_ERROR_REASON_INVALID_FORMAT", people: 12 },
        { reason: "PROCESSING_WARNING_REASON_INTERNAL_ERROR", people: 3 },
      ],
    },
  ],
  [
    "a removal that failed",
    statusOf("FAILED", {
      errorInfo: { errorCounts: [{ recordCount: "9", reason: "PROCESSING_ERROR_REASON_INTERNAL_ERROR" }] },
      audienceMembersRemovalStatus: { userDataRemovalStatus: { recordCount: "9", userIdentifierCount: "9" } },
    }),
    { state: "failed", match: null, problems: [{ reason: "PROCESSING_ERROR_REASON_INTERNAL_ERROR", people: 9 }] },
  ],
] as const)("AUD-12 Google is asked by requestStatus what became of a request: %s", async (_what, answer, report) => {
  provider.next(TOKEN, answer);
  expect(await open("google").report("r 1")).toEqual({ kind: "accepted", report });
  expect(provider.heard.map(({ method, path }) => `${method} ${path}`).at(-1)).toBe(
    "GET /v1/requestStatus:retrieve?requestId=r%201",
  );
});

test("AUD-12 an answer that is none says nothing of a request", async () => {
  provider.next(TOKEN, says(200, { requestStatusPerDestination: [] }), says(404, google("NOT_FOUND", "no request")));
  const line = open("google");
  expect(await line.report("r1")).toMatchObject({ kind: "transient" });
  expect(await line.report("r1")).toMatchObject({ kind: "transient", reason: expect.stringContaining("NOT_FOUND") });
});

test("AUD-14 an audience is made at Meta by the ad account's customaudiences", async () => {
  provider.next(says(200, { id: "23851234567890" }));
  const line = open("meta", { ad_account_id: "5550001" });
  expect(await line.create({ id: "0195", name: "Big spenders" })).toEqual({
    kind: "accepted",
    audience: "23851234567890",
  });
  const [heard] = provider.heard;
  expect(`${heard?.method} ${heard?.path}`).toBe("POST /act_5550001/customaudiences");
  expect(heard?.headers.authorization).toBe("Bearer EAA");
  expect(JSON.parse(heard?.body ?? "")).toEqual({
    name: "Big spenders",
    subtype: "CUSTOM",
    customer_file_source: "USER_PROVIDED_ONLY",
  });
  expect(await open("meta").create({ id: "0195", name: "B" })).toMatchObject({
    kind: "permanent",
    reason: expect.stringContaining("ad_account_id"),
  });
});

test("AUD-14 an audience is made at Google as a user list of contacts, by way of the manager account", async () => {
  provider.next(TOKEN, says(200, { name: "accountTypes/GOOGLE_ADS/accounts/1234567890/userLists/88", id: "88" }));
  expect(await open("google").create({ id: "0195", name: "Big spenders" })).toEqual({
    kind: "accepted",
    audience: "88",
  });
  const heard = provider.heard.at(-1);
  expect(`${heard?.method} ${heard?.path}`).toBe("POST /v1/accountTypes/GOOGLE_ADS/accounts/1234567890/userLists");
  expect(heard?.headers["login-account"]).toBe("accountTypes/GOOGLE_ADS/accounts/9876543210");
  expect(heard?.headers.authorization).toBe("Bearer ya29");
  expect(JSON.parse(heard?.body ?? "")).toEqual({
    displayName: "Big spenders",
    integrationCode: "0195",
    membershipDuration: "46656000s",
    ingestedUserListInfo: {
      uploadKeyTypes: ["CONTACT_ID"],
      contactIdInfo: { dataSourceType: "DATA_SOURCE_TYPE_FIRST_PARTY" },
    },
  });
});

const graph = (code: number, message = "no") => ({ error: { message, code, type: "OAuthException" } });
const google = (status: string, message: string) => ({
  error: {
    code: 0,
    message,
    status,
    details: [
      { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "INVALID_ARGUMENT" },
      {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        fieldViolations: [{ field: "destinations[0]", description: "no such audience" }],
      },
    ],
  },
});

test.each([
  ["meta", "throttled", says(400, graph(80003)), "limited", "80003"],
  ["meta", "a token that has ended", says(400, graph(190)), "transient", "190"],
  ["meta", "a blocked audience", says(400, graph(100, "Invalid parameter")), "permanent", "Invalid parameter"],
  ["meta", "in trouble", says(503, "<html>"), "transient", "503"],
  ["meta", "gone after it has taken it", hangsUp, "transient", ""],
  ["meta", "a yes that is none", says(200, "<html>ok"), "transient", "documents"],
  ["google", "throttled", says(429, google("RESOURCE_EXHAUSTED", "slow"), { "retry-after": "7" }), "limited", "slow"],
  ["google", "no such audience", says(400, google("INVALID_ARGUMENT", "bad")), "permanent", "no such audience"],
  ["google", "not allowed", says(403, google("PERMISSION_DENIED", "no")), "transient", "PERMISSION_DENIED"],
  ["google", "in trouble", says(500, {}), "transient", "500"],
  ["google", "gone after it has taken it", hangsUp, "transient", ""],
  ["google", "a yes that is none", says(200, { ok: true }), "transient", "documents"],
] as const)("ADAPT-3 %s, %s: the outcome is what it means", async (name, _what, answer, kind, words) => {
  provider.answer = (response, heard) => (heard.path === "/token" ? TOKEN : answer)(response, heard);
  const line = open(name, { ad_account_id: "5" });
  for (const outcome of [
    await line.add("23", [hashed(name, "jane@example.com", null)]),
    await line.create({ id: "0195", name: "Buyers" }),
  ]) {
    expect(outcome.kind).toBe(kind);
    expect("reason" in outcome && outcome.reason).toContain(words);
  }
});

test("ADAPT-5 the connection test asks about the audience and changes nothing", async () => {
  provider.next(says(200, { id: "23", name: "Buyers", operation_status: { code: 200, description: "Normal" } }));
  expect(await open("meta").check("23")).toEqual({ ok: true, detail: "Buyers" });
  expect(provider.heard[0]?.method).toBe("GET");
  provider.next(says(200, { id: "23", name: "Buyers", operation_status: { code: 471, description: "Flagged" } }));
  expect(await open("meta").check("23")).toEqual({ ok: false, detail: "Buyers: Flagged" });
  provider.next(TOKEN, says(200, { requestId: "r" }));
  expect((await open("google").check("77")).ok).toBe(true);
  expect(JSON.parse(provider.heard.at(-1)?.body ?? "").validateOnly).toBe(true);
});
