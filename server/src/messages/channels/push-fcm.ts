import { z } from "zod";

import type { ContentOf } from "../content/kinds.ts";
import { removeDevice } from "../queries/devices.pg.ts";
import { adapter, lineOf, type Outcome, type Tools } from "./adapter.ts";
import { type Answer, ask, isYes, readAnswer, refusalOf, UNREADABLE } from "./ask.ts";
import { readDevice } from "./device-address.ts";
import { checkToken, googleToken } from "./google-token.ts";

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
      check: () => checkToken(token),
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
