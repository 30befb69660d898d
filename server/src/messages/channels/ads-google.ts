import { z } from "zod";

import { gmailEmail, hashPerson } from "./ad-hashes.ts";
import { adNetwork, type Hashes, hashOf, type Known } from "./ad-network.ts";
import { type Check, type Outcome, reasonOf } from "./adapter.ts";
import { type Answer, ask, isYes, readAnswer, refusalOf, UNREADABLE } from "./ask.ts";
import { checkToken, googleToken } from "./google-token.ts";

const customer = z.string().regex(/^\d{10}$/, "ten digits, without dashes");

/** Customer Match by the Data Manager API: https://developers.google.com/data-manager/api/reference/rest/v1/audienceMembers */
export const googleAds = adNetwork({
  channel: "ads",
  provider: "google",
  title: "Google Customer Match",
  settings: z.strictObject({
    customer_id: customer,
    /** The manager account the service account belongs to, when it does not belong to the customer itself. */
    login_customer_id: customer.optional(),
    /** Google's terms of Customer Match; without them it takes nobody. */
    terms: z.enum(["accepted"]),
  }),
  secrets: ["service_account"],
  columns: { email: "Email", phone: "Phone" },
  /** Phones there are E.164. */
  hash: hashed,
  open(account, tools) {
    const url = `${account.endpoint ?? "https://datamanager.googleapis.com"}/v1/audienceMembers`;
    const token = googleToken(account.secrets.service_account, SCOPE, tools);
    const { customer_id, login_customer_id } = account.settings;
    const destination = (audience: string) => ({
      operatingAccount: { accountType: "GOOGLE_ADS", accountId: customer_id },
      ...(login_customer_id === undefined
        ? {}
        : { loginAccount: { accountType: "GOOGLE_ADS", accountId: login_customer_id } }),
      productDestinationId: audience,
    });
    const tell = async (verb: "ingest" | "remove", audience: string, people: readonly Hashes[], more: object) => {
      const json = {
        destinations: [destination(audience)],
        audienceMembers: people.map((hashes) => ({ userData: { userIdentifiers: identifiers(hashes) } })),
        encoding: "HEX",
        ...more,
      };
      try {
        const headers = { authorization: `Bearer ${await token()}` };
        return read(
          await ask(tools.http, { method: "POST", url: `${url}:${verb}`, headers, json, isRepeatable: true }),
        );
      } catch (error) {
        return { kind: "transient", reason: reasonOf(error) } as const;
      }
    };
    return {
      add: (audience, people) => tell("ingest", audience, people, AGREED),
      remove: (audience, people) => tell("remove", audience, people, {}),
      async check(audience): Promise<Check> {
        if (audience === null) return await checkToken(token);
        const outcome = await tell("ingest", audience, [NOBODY], { ...AGREED, validateOnly: true });
        return outcome.kind === "accepted"
          ? { ok: true, detail: "Google would take people into this audience." }
          : { ok: false, detail: outcome.reason };
      },
    };
  },
});

const SCOPE = "https://www.googleapis.com/auth/datamanager";

/** We tell of nobody who has not said yes to ads. */
const AGREED = {
  consent: { adUserData: "CONSENT_GRANTED", adPersonalization: "CONSENT_GRANTED" },
  termsOfService: { customerMatchTermsOfServiceStatus: "ACCEPTED" },
};
const NOBODY = hashed({ email: "nobody@example.com", phone: null });

function hashed(person: Known): Hashes {
  return hashPerson(person, { email: gmailEmail, phone: (e164) => e164 });
}

function identifiers(hashes: Hashes) {
  const [emailAddress, phoneNumber] = [hashOf(hashes, "email"), hashOf(hashes, "phone")];
  return [...(emailAddress === "" ? [] : [{ emailAddress }]), ...(phoneNumber === "" ? [] : [{ phoneNumber }])];
}

const problem = z.object({
  error: z.object({
    message: z.string(),
    status: z.string(),
    details: z
      .array(
        z
          .object({ reason: z.string(), fieldViolations: z.array(z.object({ description: z.string() }).partial()) })
          .partial(),
      )
      .default([]),
  }),
});

function read(answer: Answer): Outcome {
  if (isYes(answer)) {
    const id = readAnswer(answer, z.object({ requestId: z.string() }))?.requestId;
    return id === undefined ? UNREADABLE : { kind: "accepted", providerId: id };
  }
  const said = readAnswer(answer, problem)?.error;
  const violation = said?.details.flatMap(({ fieldViolations }) => fieldViolations ?? [])[0]?.description;
  return refusalOf(answer, said && [said.status, said.message, violation].filter(Boolean).join(" "));
}
