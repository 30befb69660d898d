import { z } from "zod";

import { gmailEmail, hashPerson } from "./ad-hashes.ts";
import {
  type AdAnswer,
  type AdCreation,
  type AdOutcome,
  type AdReport,
  adNetwork,
  type Hashes,
  hashOf,
  type Known,
} from "./ad-network.ts";
import { type Check, type No, reasonOf } from "./adapter.ts";
import { type Answer, ask, isYes, type Question, readAnswer, refusalOf, UNREADABLE } from "./ask.ts";
import { checkToken, googleToken } from "./google-token.ts";

const customer = z.string().regex(/^\d{10}$/, "ten digits, without dashes");

/** Customer Match by the Data Manager API: https://developers.google.com/data-manager/api/reference/rest/v1 */
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
    const url = `${account.endpoint ?? "https://datamanager.googleapis.com"}/v1`;
    const token = googleToken(account.secrets.service_account, SCOPE, tools);
    const { customer_id, login_customer_id } = account.settings;
    const destination = (audience: string) => ({
      operatingAccount: { accountType: "GOOGLE_ADS", accountId: customer_id },
      ...(login_customer_id === undefined
        ? {}
        : { loginAccount: { accountType: "GOOGLE_ADS", accountId: login_customer_id } }),
      productDestinationId: audience,
    });
    const question = async <T>(asked: Question, read: (answer: Answer) => T): Promise<T | No> => {
      try {
        const headers = { authorization: `Bearer ${await token()}`, ...asked.headers };
        return read(await ask(tools.http, { ...asked, headers }));
      } catch (error) {
        return { kind: "transient", reason: reasonOf(error) };
      }
    };
    const tell = (verb: "ingest" | "remove", audience: string, people: readonly Hashes[], more: object) => {
      const json = {
        destinations: [destination(audience)],
        audienceMembers: people.map((hashes) => ({ userData: { userIdentifiers: identifiers(hashes) } })),
        encoding: "HEX",
        ...more,
      };
      return question<AdOutcome>(
        { method: "POST", url: `${url}/audienceMembers:${verb}`, json, isRepeatable: true },
        readTaken,
      );
    };
    return {
      add: (audience, people) => tell("ingest", audience, people, AGREED),
      remove: (audience, people) => tell("remove", audience, people, {}),
      create: ({ id, name }) =>
        question<AdCreation>(
          {
            method: "POST",
            url: `${url}/accountTypes/GOOGLE_ADS/accounts/${customer_id}/userLists`,
            headers:
              login_customer_id === undefined
                ? {}
                : { "login-account": `accountTypes/GOOGLE_ADS/accounts/${login_customer_id}` },
            json: { ...LIST, displayName: name, integrationCode: id },
          },
          readMade,
        ),
      report: (requestId) =>
        question<AdAnswer>(
          {
            method: "GET",
            url: `${url}/requestStatus:retrieve?requestId=${encodeURIComponent(requestId)}`,
            isRepeatable: true,
          },
          readReport,
        ),
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

/** A list of customers by what we know them by; Google keeps nobody longer than 540 days, and everybody is told daily. */
const LIST = {
  ingestedUserListInfo: {
    uploadKeyTypes: ["CONTACT_ID"],
    contactIdInfo: { dataSourceType: "DATA_SOURCE_TYPE_FIRST_PARTY" },
  },
  membershipDuration: `${540 * 86_400}s`,
};

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

function readTaken(answer: Answer): AdOutcome {
  if (!isYes(answer)) return refused(answer);
  const requestId = readAnswer(answer, z.object({ requestId: z.string() }))?.requestId;
  return requestId === undefined ? UNREADABLE : { kind: "accepted", requestId, report: null };
}

function readMade(answer: Answer): AdCreation {
  if (!isYes(answer)) return refused(answer);
  const audience = readAnswer(answer, z.object({ id: z.string().regex(/^\d+$/) }))?.id;
  return audience === undefined ? UNREADABLE : { kind: "accepted", audience };
}

/** Numbers of 64 bits are texts there. */
const counts = z.array(z.object({ reason: z.string(), recordCount: z.coerce.number().int() }));
const statuses = z.object({
  requestStatusPerDestination: z.tuple([
    z.object({
      requestStatus: z.enum(["REQUEST_STATUS_UNKNOWN", "PROCESSING", "SUCCESS", "PARTIAL_SUCCESS", "FAILED"]),
      errorInfo: z.object({ errorCounts: counts.default([]) }).optional(),
      warningInfo: z.object({ warningCounts: counts.default([]) }).optional(),
      audienceMembersIngestionStatus: z
        .object({ userDataIngestionStatus: z.object({ uploadMatchRateRange: z.string() }).partial() })
        .partial()
        .optional(),
    }),
  ]),
});
const STATES = { SUCCESS: "done", PARTIAL_SUCCESS: "partial", FAILED: "failed" } as const;

/** We name one destination, and hear of one. */
function readReport(answer: Answer): AdAnswer {
  if (!isYes(answer)) return refused(answer);
  const said = readAnswer(answer, statuses)?.requestStatusPerDestination[0];
  if (said === undefined) return UNREADABLE;
  const { requestStatus, errorInfo, warningInfo, audienceMembersIngestionStatus: status } = said;
  if (requestStatus === "PROCESSING" || requestStatus === "REQUEST_STATUS_UNKNOWN")
    return { kind: "accepted", report: null };
  const problems = [...(errorInfo?.errorCounts ?? []), ...(warningInfo?.warningCounts ?? [])].map(
    ({ reason, recordCount }) => ({ reason, people: recordCount }),
  );
  const match = matchOf(status?.userDataIngestionStatus?.uploadMatchRateRange);
  return { kind: "accepted", report: { state: STATES[requestStatus], match, problems } };
}

/** `MATCH_RATE_RANGE_31_TO_40`; small uploads have none, so that nobody is given away. */
function matchOf(range: string | undefined): AdReport["match"] {
  if (range === "MATCH_RATE_RANGE_LESS_THAN_20") return { from: 0, to: 20 };
  const [, from, to] = /^MATCH_RATE_RANGE_(\d+)_TO_(\d+)$/.exec(range ?? "") ?? [];
  return from === undefined ? null : { from: Number(from), to: Number(to) };
}

function refused(answer: Answer): No {
  const said = readAnswer(answer, problem)?.error;
  const violation = said?.details.flatMap(({ fieldViolations }) => fieldViolations ?? [])[0]?.description;
  return refusalOf(answer, said && [said.status, said.message, violation].filter(Boolean).join(" "));
}
