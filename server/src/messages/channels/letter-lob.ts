import { z } from "zod";

import type { ContentOf } from "../content/kinds.ts";
import { adapter, lineOf, type Outcome } from "./adapter.ts";
import { type Answer, ask, basic, checkBy, isYes, parseJson, readAnswer, refusalOf, UNREADABLE } from "./ask.ts";
import { hmac, isSame } from "./hook-signatures.ts";
import { letterPages } from "./letter-html.ts";
import { type Postal, postal } from "./postal-address.ts";
import { instantText, type ProviderNews, readEach, toMessage } from "./provider-news.ts";

/** https://docs.lob.com (letters, postcards, webhooks); others speak the same by a custom endpoint. */
export const lob = adapter({
  channel: "letter",
  provider: "lob",
  title: "Lob",
  settings: z.strictObject({
    /** The sender's address, as Lob keeps it. */
    from: z.string().regex(/^adr_[A-Za-z0-9]+$/, "adr_…"),
    color: z.boolean().default(true),
  }),
  secrets: ["api_key"],
  hookSecrets: ["hook_secret"],
  open(account, { http }) {
    const origin = account.endpoint ?? "https://api.lob.com";
    const headers = { authorization: basic(account.secrets.api_key, "") };
    const { from, color } = account.settings;
    return lineOf("letter", {
      async send({ id, to, content }) {
        const address = postal.safeParse(parseJson(to));
        if (!address.success) return { kind: "permanent", reason: "the postal address lacks a part" };
        const isCard = content.format === "postcard_a6";
        const answer = await ask(http, {
          method: "POST",
          url: `${origin}/v1/${isCard ? "postcards" : "letters"}`,
          headers: { ...headers, "idempotency-key": id },
          json: {
            description: `Kilim ${id}`,
            to: toLob(address.data),
            from,
            use_type: "marketing",
            metadata: { kilim_id: id },
            ...(isCard ? toCard(content) : toLetter(content, color)),
          },
          isRepeatable: true,
        });
        if (!isYes(answer)) return refusal(answer);
        const lobId = readAnswer(answer, z.object({ id: z.string() }))?.id;
        return lobId === undefined ? UNREADABLE : { kind: "accepted", providerId: lobId };
      },
      check: () => checkBy(http, { method: "GET", url: `${origin}/v1/addresses?limit=1`, headers }),
    });
  },
  async readHook({ headers, body }, { secrets }) {
    const [at, signature] = [headers["lob-signature-timestamp"], headers["lob-signature"]];
    if (secrets.hook_secret === undefined || at === undefined) return null;
    const expected = hmac("sha256", secrets.hook_secret, Buffer.concat([Buffer.from(`${at}.`), body])).toString("hex");
    if (!isSame(signature, expected)) return null;
    return { news: readEach(parseJson(body.toString("utf8")), event, toNews) };
  },
});

function toLob(to: Postal) {
  return {
    name: to.name.slice(0, 40),
    address_line1: to.line1,
    ...(to.line2 ? { address_line2: to.line2 } : {}),
    address_city: to.city,
    ...(to.region ? { address_state: to.region } : {}),
    ...(to.postal_code ? { address_zip: to.postal_code } : {}),
    address_country: to.country,
  };
}

function toLetter(content: ContentOf<"letter">, color: boolean) {
  return { file: letterPages(content).join(""), color, address_placement: "insert_blank_page" };
}

function toCard(content: ContentOf<"letter">) {
  const [front = "", back = ""] = letterPages(content);
  return { front, back, size: "4x6" };
}

function refusal(answer: Answer): Outcome {
  const said = readAnswer(
    answer,
    z.object({ error: z.object({ message: z.string(), code: z.string().optional() }) }),
  )?.error;
  const outcome = refusalOf(answer, said?.message);
  const isBadAddress = /undeliverable|address/i.test(said?.code ?? "");
  return outcome.kind === "permanent" && isBadAddress ? { ...outcome, badAddress: true } : outcome;
}

const event = z.object({
  event_type: z.object({ id: z.string() }),
  date_created: instantText.optional(),
  body: z.object({ id: z.string(), metadata: z.object({ kilim_id: z.uuid() }).partial().optional().catch(undefined) }),
});

function toNews({ event_type, date_created, body }: z.infer<typeof event>): ProviderNews | null {
  const message = toMessage(body.metadata?.kilim_id, body.id);
  if (!message) return null;
  const about = { message, at: date_created ?? null };
  switch (event_type.id.replace(/^(letter|postcard)\./, "")) {
    case "delivered":
      return { kind: "delivered", ...about };
    case "returned_to_sender":
      return { kind: "bounced", isHard: true, ...about, reason: "returned to sender" };
    case "failed":
    case "rejected":
      return { kind: "failed", ...about };
    default:
      return null;
  }
}
