import { z } from "zod";

import { adapter, type Check, lineOf, type No, type OutgoingMessage, reasonOf } from "./adapter.ts";
import { type Answer, ask, isYes, readAnswer, refusalOf, UNREADABLE } from "./ask.ts";
import { signAws } from "./aws-signature.ts";
import { readSesHook } from "./email-ses-hook.ts";

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
export const ses = adapter({
  channel: "email",
  provider: "ses",
  title: "Amazon SES",
  settings: z.strictObject({
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "as in eu-central-1"),
    configuration_set: z.string().trim().max(64).optional(),
    /** The topic that SES publishes to; of others nothing is believed. */
    topic_arn: z
      .string()
      .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$/, "arn:aws:sns:…")
      .optional(),
  }),
  secrets: ["access_key_id", "secret_access_key"],
  open(account, { http, clock }) {
    const { region, configuration_set } = account.settings;
    const { access_key_id: accessKeyId, secret_access_key: secretAccessKey } = account.secrets;
    const origin = account.endpoint ?? `https://email.${region}.amazonaws.com`;
    const asked = (method: "GET" | "POST", path: string, body: string) => {
      const url = origin + path;
      const keys = { accessKeyId, secretAccessKey, region, service: "ses" };
      const headers = { "content-type": "application/json", ...signAws(keys, { method, url, body }, clock.now()) };
      return ask(http, { method, url, headers, ...(body === "" ? {} : { body }) });
    };
    return lineOf("email", {
      async send(message) {
        const body = JSON.stringify(toBody(message, configuration_set));
        const answer = await asked("POST", "/v2/email/outbound-emails", body);
        if (!isYes(answer)) return refusal(answer);
        const id = readAnswer(answer, z.object({ MessageId: z.string() }))?.MessageId;
        return id === undefined ? UNREADABLE : { kind: "accepted", providerId: id };
      },
      async check(): Promise<Check> {
        try {
          const answer = await asked("GET", "/v2/email/account", "");
          if (!isYes(answer)) return { ok: false, detail: refusal(answer).reason };
          const state = readAnswer(
            answer,
            z.object({ SendingEnabled: z.boolean(), ProductionAccessEnabled: z.boolean() }),
          );
          if (!state?.SendingEnabled) return { ok: false, detail: "Sending is switched off for this account." };
          const detail = state.ProductionAccessEnabled
            ? "The account may send."
            : "The account may send, in the sandbox only: to verified addresses.";
          return { ok: true, detail };
        } catch (error) {
          return { ok: false, detail: reasonOf(error) };
        }
      },
    });
  },
  readHook: (request, account, { http, clock }) => readSesHook(request, account.settings.topic_arn, http, clock.now()),
});

function toBody({ id, to, content }: OutgoingMessage<"email">, configurationSet: string | undefined) {
  const text = (Data: string) => ({ Data, Charset: "UTF-8" });
  return {
    FromEmailAddress: content.from,
    ...(content.reply_to === undefined ? {} : { ReplyToAddresses: [content.reply_to] }),
    Destination: { ToAddresses: [to] },
    Content: {
      Simple: {
        Subject: text(content.subject),
        Body: { Html: text(content.html), Text: text(content.text) },
        Headers: Object.entries(content.headers).map(([Name, Value]) => ({ Name, Value })),
      },
    },
    EmailTags: [{ Name: "kilim_id", Value: id }],
    ...(configurationSet ? { ConfigurationSetName: configurationSet } : {}),
  };
}

/** About the account, not about this mail: passes when it is mended. */
const ACCOUNT = /AccountSuspended|SendingPaused|MailFromDomainNotVerified|NotFound|LimitExceeded|InvalidClientTokenId/;

function refusal(answer: Answer): No {
  const header = answer.headers["x-amzn-errortype"];
  const type = (typeof header === "string" ? header : "").split(":")[0] ?? "";
  const said = readAnswer(answer, z.object({ message: z.string() }))?.message;
  const outcome = refusalOf(answer, `${type} ${said ?? answer.text}`);
  if (ACCOUNT.test(type) && outcome.kind === "permanent") return { kind: "transient", reason: outcome.reason };
  // "Maximum sending rate exceeded" comes as 400 too.
  if (/rate exceeded|quota exceeded/i.test(said ?? "")) return { ...outcome, kind: "limited", retryAfterMs: null };
  return outcome;
}
