import { z } from "zod";

import { hashPerson, plainEmail } from "./ad-hashes.ts";
import { type AdCreation, type AdOutcome, adNetwork, type Hashes, hashOf, type NewAdAudience } from "./ad-network.ts";
import { reasonOf } from "./adapter.ts";
import { type Answer, ask, checkBy, isYes, readAnswer, UNREADABLE } from "./ask.ts";
import { GRAPH, graphRefusal } from "./graph-api.ts";

/** Custom Audiences: https://developers.facebook.com/docs/marketing-api/reference/custom-audience/users */
export const metaAds = adNetwork({
  channel: "ads",
  provider: "meta",
  title: "Meta Custom Audiences",
  settings: z.strictObject({
    /** The digits behind `act_`; needed to make audiences from here. */
    ad_account_id: z
      .string()
      .regex(/^\d{1,30}$/, "digits, without act_")
      .optional(),
  }),
  /** Of a system user with `ads_management`, who has the ad account. */
  secrets: ["access_token"],
  columns: { email: "email", phone: "phone" },
  /** Phones there are digits alone, with the country in front. */
  hash: (person) => hashPerson(person, { email: plainEmail, phone: (e164) => e164.replace("+", "") }),
  open(account, { http }) {
    const origin = account.endpoint ?? GRAPH;
    const headers = { authorization: `Bearer ${account.secrets.access_token}` };
    const tell = async (method: "POST" | "DELETE", audience: string, people: readonly Hashes[]): Promise<AdOutcome> => {
      const data = people.map((hashes) => [hashOf(hashes, "email"), hashOf(hashes, "phone")]);
      const json = { payload: { schema: ["EMAIL", "PHONE"], data } };
      try {
        const url = `${origin}/${audience}/users`;
        return read(await ask(http, { method, url, headers, json, isRepeatable: true }));
      } catch (error) {
        return { kind: "transient", reason: reasonOf(error) };
      }
    };
    const { ad_account_id } = account.settings;
    const create = async ({ name }: NewAdAudience): Promise<AdCreation> => {
      if (ad_account_id === undefined) return { kind: "permanent", reason: "the account's ad_account_id is not set" };
      const json = { name, subtype: "CUSTOM", customer_file_source: "USER_PROVIDED_ONLY" };
      try {
        const answer = await ask(http, {
          ...{ method: "POST", url: `${origin}/act_${ad_account_id}/customaudiences`, headers, json },
        });
        if (!isYes(answer)) return graphRefusal(answer);
        const said = readAnswer(answer, made);
        return said === null ? UNREADABLE : { kind: "accepted", audience: said.id };
      } catch (error) {
        return { kind: "transient", reason: reasonOf(error) };
      }
    };
    return {
      create,
      // Meta says at once what it has taken.
      report: async () => ({ kind: "permanent", reason: "Meta has nothing more to say of a request" }),
      add: (audience, people) => tell("POST", audience, people),
      remove: (audience, people) => tell("DELETE", audience, people),
      check: (audience) =>
        audience === null
          ? checkBy(http, { method: "GET", url: `${origin}/me?fields=name`, headers })
          : checkBy(http, { method: "GET", url: `${origin}/${audience}?fields=${FIELDS}`, headers }, describe),
    };
  },
});

const FIELDS = "name,approximate_count_lower_bound,approximate_count_upper_bound,operation_status";

const made = z.object({ id: z.string().regex(/^\d+$/) });
const taken = z.object({
  num_received: z.int(),
  num_invalid_entries: z.int().default(0),
  session_id: z.union([z.string(), z.int()]).optional(),
});

function read(answer: Answer): AdOutcome {
  if (!isYes(answer)) return graphRefusal(answer);
  const said = readAnswer(answer, taken);
  if (said === null) return UNREADABLE;
  const { num_received: received, num_invalid_entries: invalid } = said;
  const state = invalid === 0 ? "done" : invalid >= received ? "failed" : "partial";
  const problems = invalid === 0 ? [] : [{ reason: "num_invalid_entries", people: invalid }];
  return {
    kind: "accepted",
    requestId: String(said.session_id ?? "") || null,
    report: { state, match: null, problems },
  };
}

const audienceThere = z.object({
  name: z.string(),
  operation_status: z.object({ code: z.int(), description: z.string() }).optional(),
});
/** https://developers.facebook.com/docs/marketing-api/reference/custom-audience: 200 is normal, 471 flagged. */
const NORMAL = 200;

function describe(answer: Answer) {
  const there = readAnswer(answer, audienceThere);
  if (there === null) return { ok: false, detail: "The answer is not what Meta documents." };
  const { name, operation_status: status } = there;
  const isNormal = status === undefined || status.code === NORMAL;
  return { ok: isNormal, detail: isNormal ? name : `${name}: ${status.description}` };
}
