import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { hangsUp, ID, mail, type Provider, says, startProvider } from "../testing/provider.ts";

let provider: Provider;

beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());
beforeEach(() => {
  provider.heard.length = 0;
});

const json = () => JSON.parse(provider.heard.at(-1)?.body ?? "null") as unknown;
const form = () => Object.fromEntries(new URLSearchParams(provider.heard.at(-1)?.body));
const asked = () => `${provider.heard.at(-1)?.method} ${provider.heard.at(-1)?.path}`;
const header = (name: string) => provider.heard.at(-1)?.headers[name];
const reply = { ...mail, content: { ...mail.content, reply_to: "help@dokuma.example" } };

const ACCOUNTS = {
  ses: {
    channel: "email",
    provider: "ses",
    settings: { region: "eu-central-1", configuration_set: "kilim" },
    secrets: { access_key_id: "AKIDEXAMPLE", secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
  },
  sendgrid: { channel: "email", provider: "sendgrid", secrets: { api_key: "SG.x" } },
  postmark: { channel: "email", provider: "postmark", secrets: { server_token: "token" } },
  mailgun: {
    channel: "email",
    provider: "mailgun",
    settings: { domain: "mg.dokuma.example" },
    secrets: { api_key: "key-x" },
  },
  resend: { channel: "email", provider: "resend", secrets: { api_key: "re_x" } },
} as const;
type Name = keyof typeof ACCOUNTS;

const YES: Record<Name, ReturnType<typeof says>> = {
  ses: says(200, { MessageId: "ses-1" }),
  sendgrid: says(202, "", { "x-message-id": "sg-1" }),
  postmark: says(200, [{ ErrorCode: 0, Message: "OK", MessageID: "pm-1", To: "jane@example.com" }]),
  mailgun: says(200, { id: "<mg-1@mg.dokuma.example>", message: "Queued. Thank you." }),
  resend: says(200, { id: "re-1" }),
};

async function send(name: Name, message = mail) {
  const [outcome] = await provider.open(ACCOUNTS[name]).send([message]);
  return outcome;
}

test("ADAPT-2 Amazon SES v2: signed by Signature Version 4, our id as a tag", async () => {
  provider.next(YES.ses);
  expect(await send("ses", reply)).toEqual({ kind: "accepted", providerId: "ses-1" });
  expect(asked()).toBe("POST /v2/email/outbound-emails");
  expect(header("x-amz-date")).toBe("20260302T090000Z");
  expect(header("authorization")).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20260302\/eu-central-1\/ses\/aws4_request, SignedHeaders=host;x-amz-date, Signature=[0-9a-f]{64}$/,
  );
  expect(json()).toMatchObject({
    FromEmailAddress: "Dokuma <hello@dokuma.example>",
    ReplyToAddresses: ["help@dokuma.example"],
    Destination: { ToAddresses: ["jane+kilim@example.com"] },
    Content: {
      Simple: {
        Subject: { Data: "Merhaba Ayşe", Charset: "UTF-8" },
        Body: { Html: { Data: "<p>Hi</p>" }, Text: { Data: "Hi" } },
        Headers: [{ Name: "List-Unsubscribe", Value: "<https://kilim.test/t/u/x>" }],
      },
    },
    EmailTags: [{ Name: "kilim_id", Value: ID }],
    ConfigurationSetName: "kilim",
  });
});

test("ADAPT-2 SendGrid: our id as a custom argument, their tracking off", async () => {
  provider.next(YES.sendgrid);
  expect(await send("sendgrid", reply)).toEqual({ kind: "accepted", providerId: "sg-1" });
  expect(asked()).toBe("POST /v3/mail/send");
  expect(header("authorization")).toBe("Bearer SG.x");
  expect(json()).toEqual({
    personalizations: [{ to: [{ email: "jane+kilim@example.com" }], custom_args: { kilim_id: ID } }],
    from: { name: "Dokuma", email: "hello@dokuma.example" },
    reply_to: { email: "help@dokuma.example" },
    subject: "Merhaba Ayşe",
    content: [
      { type: "text/plain", value: "Hi" },
      { type: "text/html", value: "<p>Hi</p>" },
    ],
    headers: { "List-Unsubscribe": "<https://kilim.test/t/u/x>" },
    tracking_settings: { click_tracking: { enable: false, enable_text: false }, open_tracking: { enable: false } },
  });
});

test("ADAPT-2 Postmark: a batch in one request, an outcome for each", async () => {
  provider.next(
    says(200, [
      { ErrorCode: 0, Message: "OK", MessageID: "pm-1" },
      { ErrorCode: 406, Message: "You tried to send to a recipient that has been marked as inactive." },
      { ErrorCode: 300, Message: "Invalid 'From' address: 'hello'." },
      { ErrorCode: 300, Message: "Error parsing 'To': Illegal email address 'x'." },
      { ErrorCode: 412, Message: "While your account is pending approval, all recipients must share the domain." },
    ]),
  );
  const outcomes = await provider.open(ACCOUNTS.postmark).send([reply, mail, mail, mail, mail]);
  expect(outcomes.map((outcome) => [outcome.kind, "badAddress" in outcome])).toEqual([
    ["accepted", false],
    ["permanent", true],
    ["permanent", false],
    ["permanent", true],
    ["transient", false],
  ]);
  expect(asked()).toBe("POST /email/batch");
  expect(header("x-postmark-server-token")).toBe("token");
  expect(json()).toMatchObject([
    {
      From: "Dokuma <hello@dokuma.example>",
      To: "jane+kilim@example.com",
      ReplyTo: "help@dokuma.example",
      HtmlBody: "<p>Hi</p>",
      TextBody: "Hi",
      Headers: [{ Name: "List-Unsubscribe", Value: "<https://kilim.test/t/u/x>" }],
      TrackOpens: false,
      TrackLinks: "None",
      Metadata: { kilim_id: ID },
      MessageStream: "outbound",
    },
    {},
    {},
    {},
    {},
  ]);
});

test("ADAPT-2 Mailgun: a form, our Message-ID, our id as a variable", async () => {
  provider.next(YES.mailgun);
  expect(await send("mailgun", reply)).toEqual({ kind: "accepted", providerId: "mg-1@mg.dokuma.example" });
  expect(asked()).toBe("POST /v3/mg.dokuma.example/messages");
  expect(header("authorization")).toBe(`Basic ${btoa("api:key-x")}`);
  expect(header("content-type")).toBe("application/x-www-form-urlencoded");
  expect(form()).toEqual({
    from: "Dokuma <hello@dokuma.example>",
    to: "jane+kilim@example.com",
    subject: "Merhaba Ayşe",
    html: "<p>Hi</p>",
    text: "Hi",
    "v:kilim_id": ID,
    "o:tracking": "no",
    "h:Message-Id": `<${ID}@kilim.test>`,
    "h:Reply-To": "help@dokuma.example",
    "h:List-Unsubscribe": "<https://kilim.test/t/u/x>",
  });
});

test("ADAPT-2 Resend: the same idempotency key at every try", async () => {
  provider.next(says(500, {}), hangsUp, YES.resend);
  expect(await send("resend", reply)).toMatchObject({ kind: "transient" });
  // A connection that breaks is tried anew at once: this key makes it harmless.
  expect(await send("resend", reply)).toEqual({ kind: "accepted", providerId: "re-1" });
  expect(provider.heard.map(({ headers }) => headers["idempotency-key"])).toEqual([ID, ID, ID]);
  expect(asked()).toBe("POST /emails");
  expect(header("authorization")).toBe("Bearer re_x");
  expect(json()).toEqual({
    from: "Dokuma <hello@dokuma.example>",
    to: ["jane+kilim@example.com"],
    reply_to: "help@dokuma.example",
    subject: "Merhaba Ayşe",
    html: "<p>Hi</p>",
    text: "Hi",
    headers: { "List-Unsubscribe": "<https://kilim.test/t/u/x>" },
    tags: [{ name: "kilim_id", value: ID }],
  });
});

describe.each(Object.keys(ACCOUNTS) as Name[])("ADAPT-3 %s in trouble", (name) => {
  test.each([
    ["throttles", says(429, { message: "slow down" }, { "retry-after": "7" }), { kind: "limited", retryAfterMs: 7000 }],
    ["throttles without a time", says(429, {}), { kind: "limited", retryAfterMs: null }],
    ["is in trouble", says(503, "<html>upstream</html>"), { kind: "transient" }],
    ["does not know our key", says(401, { message: "no" }), { kind: "transient" }],
    ["hangs up after it has heard us", hangsUp, { kind: "transient" }],
    ["refuses the message for good", says(400, { message: "Bad" }), { kind: "permanent" }],
  ])("%s", async (_what, answer, outcome) => {
    provider.next(answer);
    expect(await send(name)).toMatchObject(outcome);
  });

  test("what is for another channel never reaches it", async () => {
    const sms = { ...mail, content: { channel: "sms", text: "x" } as never };
    const sent = await provider.open(ACCOUNTS[name]).send([sms]);
    expect(sent).toMatchObject([{ kind: "permanent" }]);
    expect(provider.heard).toEqual([]);
  });

  test("a key that is right and one that is not", async () => {
    const right = {
      ses: { SendingEnabled: true, ProductionAccessEnabled: true },
      sendgrid: { scopes: ["mail.send"] },
      postmark: {},
      mailgun: {},
      resend: {},
    };
    provider.next(says(200, right[name]), says(401, { message: "Unauthorized" }));
    const line = provider.open(ACCOUNTS[name]);
    expect(await line.check()).toMatchObject({ ok: true });
    expect(await line.check()).toMatchObject({ ok: false });
  });
});

test.each(["ses", "mailgun", "resend", "postmark"] as const)(
  "ADAPT-3 %s: a yes that is none is tried again",
  async (name) => {
    provider.next(says(200, "<html>Log in to the hotel's network</html>"));
    expect(await send(name)).toMatchObject({ kind: "transient" });
  },
);

test.each([
  [
    "ses",
    says(400, { message: "Maximum sending rate exceeded." }, { "x-amzn-errortype": "MessageRejected:" }),
    "limited",
  ],
  [
    "ses",
    says(400, { message: "paused" }, { "x-amzn-errortype": "SendingPausedException:http://internal" }),
    "transient",
  ],
  [
    "sendgrid",
    says(400, { errors: [{ message: "Does not contain a valid address.", field: "personalizations.0.to.0.email" }] }),
    "bad",
  ],
  ["mailgun", says(400, { message: "'to' parameter is not a valid address. please check documentation" }), "bad"],
  ["resend", says(422, { name: "validation_error", message: "Invalid `to` field." }), "bad"],
  ["resend", says(409, { name: "concurrent_idempotent_requests", message: "…" }), "transient"],
  ["resend", says(409, { name: "invalid_idempotent_request", message: "…" }), "accepted"],
] as const)("ADAPT-3 %s: its own words are understood (%#)", async (name, answer, meaning) => {
  provider.next(answer);
  const outcome = await send(name);
  expect(outcome).toMatchObject(meaning === "bad" ? { kind: "permanent", badAddress: true } : { kind: meaning });
});

test("ADAPT-3 SendGrid says by X-RateLimit-Reset when to come again", async () => {
  const reset = Math.floor(provider.clock.now().epochMilliseconds / 1000) + 30;
  provider.next(says(429, {}, { "x-ratelimit-reset": String(reset) }));
  expect(await send("sendgrid")).toMatchObject({ kind: "limited", retryAfterMs: 30_000 });
});
