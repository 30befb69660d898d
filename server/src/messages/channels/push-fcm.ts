import { z } from "zod";

import type { ContentOf } from "../content/kinds.ts";
import { removeDevice } from "../queries/devices.pg.ts";
import { adapter, lineOf, type Outcome, reasonOf, type Tools } from "./adapter.ts";
import { type Answer, ask, isYes, parseJson, readAnswer, refusalOf, UNREADABLE } from "./ask.ts";
import { readDevice } from "./device-address.ts";
import { signJwt } from "./jwt.ts";

/** https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages/send */
export const fcm = adapter({
  channel: "push",
  provider: "fcm",
  title: "Firebase Cloud Messaging",
  settings: z.strictObject({ project_id: z.string().regex(/^[a-z0-9-]{4,40}$/) }),
  /** The JSON file of a service account that may send. */
  secrets: ["service_account"],
  open(account, tools) {
    const origin = account.endpoint ?? "https://fcm.googleapis.com";
    const url = `${origin}/v1/projects/${account.settings.project_id}/messages:send`;
    const token = googleToken(account.secrets.service_account, SCOPE, tools);
    return lineOf("push", {
      async send({ id, to, content }) {
        const device = readDevice(to);
        if (device?.kind !== "fcm") return { kind: "permanent", reason: "not an app of FCM" };
        const headers = { authorization: `Bearer ${await token()}` };
        const json = { message: { token: device.token, ...toMessage(id, content) } };
        const answer = await ask(tools.http, { method: "POST", url, headers, json });
        if (!isYes(answer)) return await refusal(answer, device.token, tools);
        const name = readAnswer(answer, z.object({ name: z.string() }))?.name;
        return name === undefined ? UNREADABLE : { kind: "accepted", providerId: name };
      },
      async check() {
        try {
          await token();
          return { ok: true, detail: "Google gives the service account a token." };
        } catch (error) {
          return { ok: false, detail: reasonOf(error) };
        }
      },
    });
  },
});

const SCOPE = "https://www.googleapis.com/auth/firebase.messaging";

function toMessage(id: string, { title, body, image, url, actions, replaces, ttl }: ContentOf<"push">) {
  const data = { kilim_id: id, ...(url === undefined ? {} : { url }), actions: JSON.stringify(actions) };
  return {
    notification: { title, body, ...(image === undefined ? {} : { image }) },
    data,
    android: {
      ttl: `${ttl}s`,
      ...(replaces === undefined ? {} : { collapse_key: replaces, notification: { tag: replaces } }),
    },
    apns: { payload: { aps: { "mutable-content": 1 } } },
  };
}

const problem = z.object({
  error: z.object({
    message: z.string(),
    status: z.string(),
    details: z.array(z.object({ errorCode: z.string() }).partial()).default([]),
  }),
});

async function refusal(answer: Answer, token: string, { db }: Pick<Tools, "db">): Promise<Outcome> {
  const said = readAnswer(answer, problem)?.error;
  const code = said?.details.find(({ errorCode }) => errorCode !== undefined)?.errorCode ?? said?.status;
  const outcome = refusalOf(answer, said && `${code} ${said.message}`);
  if (code !== "UNREGISTERED" && code !== "SENDER_ID_MISMATCH") return outcome;
  await removeDevice(db, token, null);
  return { kind: "permanent", reason: "reason" in outcome ? outcome.reason : code, badAddress: true };
}

const serviceAccount = z.object({
  client_email: z.string(),
  private_key: z.string(),
  token_uri: z.string().default("https://oauth2.googleapis.com/token"),
});
const given = z.object({ access_token: z.string(), expires_in: z.number() });

/** An access token of a service account, asked for anew a minute before it ends; one question for all who wait. */
export function googleToken(file: string, scope: string, { http, clock }: Pick<Tools, "http" | "clock">) {
  let held: { readonly token: Promise<string>; until: number } | null = null;
  const request = async (): Promise<string> => {
    const { client_email, private_key, token_uri } = serviceAccount.parse(parseJson(file));
    const now = Math.floor(clock.now().epochMilliseconds / 1000);
    const claims = { iss: client_email, scope, aud: token_uri, iat: now, exp: now + 3600 };
    const form = new URLSearchParams({
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      assertion: signJwt("RS256", private_key, claims),
    });
    const answer = await ask(http, { method: "POST", url: token_uri, form, isRepeatable: true });
    const read = readAnswer(answer, given);
    if (!isYes(answer) || read === null) throw new Error(`no token: ${answer.status} ${reasonOf(answer.text)}`);
    if (held) held.until = (now + read.expires_in - 60) * 1000;
    return read.access_token;
  };
  return (): Promise<string> => {
    if (held !== null && clock.now().epochMilliseconds < held.until) return held.token;
    const mine = { token: request(), until: clock.now().epochMilliseconds + 60_000 };
    held = mine;
    mine.token.catch(() => {
      if (held === mine) held = null;
    });
    return mine.token;
  };
}
