import { hash } from "node:crypto";

import { z } from "zod";

import { append } from "../../collect/index.ts";
import { inTransaction } from "../../platform/db.ts";
import type { App } from "../../platform/http.ts";
import { newId } from "../../platform/ids.ts";
import { device, manage } from "../../platform/principal.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { messageEvent } from "../events.ts";
import { removeDevice, saveDevice } from "../queries/devices.pg.ts";
import { noteOnsite } from "../queries/onsite.pg.ts";
import { firstClicks, firstOpenings } from "../queries/record-visit.pg.ts";
import { DEVICE_KINDS } from "./device-address.ts";
import { vapidKeys } from "./vapid.ts";
import { readVisiting, type VisitorDeps } from "./visitors.ts";

const base64url = z.string().regex(/^[A-Za-z0-9_-]{16,200}={0,2}$/);
const deviceBody = z
  .strictObject({
    kind: z.enum(DEVICE_KINDS),
    /** A browser's endpoint or an app's token. */
    token: z.string().min(8).max(2_048),
    keys: z.strictObject({ p256dh: base64url, auth: base64url }).optional(),
    /** With a secret key: whose device it is. */
    profile: z.string().max(400).optional(),
  })
  .refine((body) => body.kind !== "web" || (body.keys !== undefined && /^https:\/\//.test(body.token)), {
    message: "a browser's subscription: an https endpoint and its keys",
    path: ["keys"],
  });
const tokenBody = z.strictObject({ token: z.string().min(8).max(2_048) });
const done = z.object({ done: z.literal(true) });
const noteBody = z.strictObject({ what: z.enum(["shown", "clicked", "dismissed"]) });

type Deps = VisitorDeps & Pick<MessagesDeps, "bus" | "resolveProfile">;

/** What browsers and apps tell: where to push to, and what became of a message on the site. */
export function visitorRoutes(app: App, deps: Deps): void {
  app.get(
    "/v1/push/key",
    { config: { access: device }, schema: { response: { 200: z.object({ public_key: z.string() }) } } },
    () => ({ public_key: vapidKeys(deps.secrets).publicKey }),
  );
  app.put(
    "/v1/devices",
    { config: { access: [...device, ...manage] }, schema: { body: deviceBody, response: { 200: done } } },
    async (request) => {
      const { kind, token, keys, profile } = request.body;
      const isOurs = request.principal.kind === "secret" || request.principal.kind === "staff";
      if (isOurs && profile === undefined) throw refuse("visitor_unknown");
      const who = isOurs
        ? { profileId: await deps.resolveProfile(deps.db, profile ?? ""), isProven: true }
        : await readVisiting(deps, request);
      if (who) {
        const row = { id: newId(deps.clock), profile_id: who.profileId, kind, token };
        const now = deps.clock.now().toString();
        await saveDevice(deps.db, { ...row, keys: { ...keys, proven: who.isProven }, now });
      }
      return { done: true as const };
    },
  );
  app.post(
    "/v1/devices/forget",
    { config: { access: [...device, ...manage] }, schema: { body: tokenBody, response: { 200: done } } },
    async (request) => {
      // Whoever knows a token may silence it: a browser that was unsubscribed has nobody to ask any more.
      await removeDevice(deps.db, request.body.token, null);
      return { done: true as const };
    },
  );
  app.post(
    "/v1/onsite/:id",
    {
      config: { access: device },
      schema: { params: z.object({ id: z.uuid() }), body: noteBody, response: { 200: done } },
    },
    async (request) => {
      const who = await readVisiting(deps, request);
      if (!who || !(await note(deps, request.params.id, who.profileId, request.body.what)))
        throw refuse("message_not_found");
      return { done: true as const };
    },
  );
}

/** Its first showing is its opening; its click is told with the address it leads to. */
async function note(
  deps: Deps,
  id: string,
  profileId: string,
  what: "shown" | "clicked" | "dismissed",
): Promise<boolean> {
  const now = deps.clock.now().toString();
  const isTheirs = await inTransaction(deps.db, async (tx) => {
    if (!(await noteOnsite(tx, id, profileId, what, now))) return false;
    const about = (row: { template_id: string | null; journey_id: string | null }) => ({
      id,
      profileId,
      templateId: row.template_id,
      journeyId: row.journey_id,
    });
    const [opened] = await firstOpenings(tx, [id], now);
    if (opened) await append(tx, [messageEvent(deps.clock, "Onsite Opened", about(opened))]);
    if (what !== "clicked") return true;
    const url = `onsite:${id}`;
    const [clicked] = await firstClicks(tx, [{ messageId: id, url, times: 1 }], now);
    const key = `:${hash("sha256", url, "base64url").slice(0, 22)}`;
    if (clicked) await append(tx, [messageEvent(deps.clock, "Onsite Clicked", about(clicked), {}, key)]);
    return true;
  });
  if (isTheirs) {
    deps.bus.wake("inbox");
    deps.bus.changed("message", id, ["status"]);
  }
  return isTheirs;
}
