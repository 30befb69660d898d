import { z } from "zod";

import { hashPerson, plainEmail } from "./ad-hashes.ts";
import { adNetwork, type Hashes, hashOf } from "./ad-network.ts";
import { type Outcome, reasonOf } from "./adapter.ts";
import { type Answer, ask, checkBy, isYes, readAnswer, UNREADABLE } from "./ask.ts";
import { GRAPH, graphRefusal } from "./graph-api.ts";

/** Custom Audiences: https://developers.facebook.com/docs/marketing-api/reference/custom-audience/users */
export const metaAds = adNetwork({
  channel: "ads",
  provider: "meta",
  title: "Meta Custom Audiences",
  settings: z.strictObject({}),
  /** Of a system user with `ads_management`, who has the ad account. */
  secrets: ["access_token"],
  columns: { email: "email", phone: "phone" },
  /** Phones there are digits alone, with the country in front. */
  hash: (person) => hashPerson(person, { email: plainEmail, phone: (e164) => e164.replace("+", "") }),
  open(account, { http }) {
    const origin = account.endpoint ?? GRAPH;
    const headers = { authorization: `Bearer ${account.secrets.access_token}` };
    const tell = async (method: "POST" | "DELETE", audience: string, people: readonly Hashes[]): Promise<Outcome> => {
      const data = people.map((hashes) => [hashOf(hashes, "email"), hashOf(hashes, "phone")]);
      const json = { payload: { schema: ["EMAIL", "PHONE"], data } };
      try {
        const url = `${origin}/${audience}/users`;
        return read(await ask(http, { method, url, headers, json, isRepeatable: true }));
      } catch (error) {
        return { kind: "transient", reason: reasonOf(error) };
      }
    };
    return {
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

const taken = z.object({ num_received: z.int(), session_id: z.union([z.string(), z.int()]).optional() });

function read(answer: Answer): Outcome {
  if (!isYes(answer)) return graphRefusal(answer);
  const said = readAnswer(answer, taken);
  return said === null ? UNREADABLE : { kind: "accepted", providerId: String(said.session_id ?? "") || null };
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
