import { z } from "zod";

import { append, type NewEvent, newEvent } from "../collect/index.ts";
import { livingId, sessionEmail } from "../identity/index.ts";
import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import { inTransaction } from "../platform/db.ts";
import { refuse } from "../platform/errors.ts";
import type { App } from "../platform/http.ts";
import { newId } from "../platform/ids.ts";
import { pageOf, pageQuery } from "../platform/pages.ts";
import { manage } from "../platform/principal.ts";
import {
  lookupBody,
  type ProfileAnswer,
  profileAnswer,
  profileListItem,
  shopperAnswer,
  shopperBody,
  timelinePage,
} from "./api-shapes.ts";
import { type ConsentChange, consentChange } from "./contracts.ts";
import { text } from "./display-name.ts";
import { refuseProfile } from "./errors.ts";
import { loadProfiles } from "./load-profiles.ts";
import { listProfiles } from "./queries/list-profiles.pg.ts";
import { readWhole, type SegmentsOf } from "./queries/profile-rows.pg.ts";
import { type TimelineDeps, timelineOf } from "./read-timeline.ts";
import { requireProfile } from "./require-profile.ts";
import { toFolding, toProfile } from "./stored.ts";

export interface ProfileRouteDeps extends TimelineDeps {
  readonly clock: Clock;
  readonly bus: Bus;
  readonly segmentsOf: SegmentsOf;
}

const ref = z.object({ ref: z.string().min(1).max(600) });
const managed = { access: manage };
const accepted = z.object({ accepted: z.literal(true) });

export function profileRoutes(app: App, deps: ProfileRouteDeps): void {
  app.get(
    "/v1/profiles",
    {
      config: managed,
      schema: {
        querystring: pageQuery.extend({ q: z.string().max(200).optional() }),
        response: { 200: pageOf(profileListItem) },
      },
    },
    ({ query }) => listProfiles(deps.db, query.q, query),
  );
  app.post(
    "/v1/profiles/lookup",
    { config: managed, schema: { body: lookupBody, response: { 200: profileAnswer } } },
    ({ body }) => readProfile(deps, `${body.type}:${body.value}`),
  );
  app.get(
    "/v1/profiles/:ref",
    { config: managed, schema: { params: ref, response: { 200: profileAnswer } } },
    ({ params }) => readProfile(deps, params.ref),
  );
  app.get(
    "/v1/profiles/:ref/events",
    { config: managed, schema: { params: ref, querystring: pageQuery, response: { 200: timelinePage } } },
    async ({ params, query }) => timelineOf(deps, await requireProfile(deps.db, params.ref), query),
  );
  app.put(
    "/v1/profiles/:ref/consent",
    {
      config: managed,
      schema: { params: ref, body: consentChange, response: { 202: accepted } },
    },
    async ({ params, body, principal }, reply) => {
      const source = principal.kind === "staff" ? `staff:${principal.userId}` : "api";
      await changeConsent(deps, await requireProfile(deps.db, params.ref), {
        ...body,
        source: body.source === "api" ? source : body.source,
      });
      return reply.code(202).send({ accepted: true as const });
    },
  );
  app.get(
    "/v1/shopper/me",
    { config: { access: ["shopper"] }, schema: { response: { 200: shopperAnswer } } },
    async ({ principal }) => {
      if (principal.kind !== "shopper") throw refuse("forbidden");
      const profile = (await loadProfiles(deps.db, [principal.profileId])).get(principal.profileId);
      return {
        profile_id: principal.profileId,
        email: await sessionEmail(deps.db, principal.sessionId),
        first_name: text(profile?.traits.first_name) ?? text(profile?.traits.firstName),
        language: text(profile?.traits.language),
        preferred_store: profile?.computed.preferred_store ?? null,
      };
    },
  );
  app.put(
    "/v1/shopper/me",
    { config: { access: ["shopper"] }, schema: { body: shopperBody, response: { 202: accepted } } },
    async ({ body, principal }, reply) => {
      if (principal.kind !== "shopper") throw refuse("forbidden");
      await tell(deps, {
        messageId: `shopper:${newId(deps.clock)}`,
        type: "identify",
        name: "Identify",
        profileId: principal.profileId,
        verified: true,
        traits: body,
      });
      return reply.code(202).send({ accepted: true as const });
    },
  );
}

async function readProfile({ db, segmentsOf }: ProfileRouteDeps, ref: string): Promise<ProfileAnswer> {
  const row = await readWhole(db, livingId(ref), segmentsOf);
  if (!row) throw refuseProfile("profile_not_found");
  const profile = toProfile(toFolding(row));
  return {
    id: profile.id,
    identifiers: [...row.identifiers],
    traits: { ...profile.traits },
    computed: { ...profile.computed },
    consent: profile.consent as ProfileAnswer["consent"],
    segments: [...row.segments],
    first_seen: profile.first_seen || null,
    last_seen: profile.last_seen || null,
    merged_from: [...row.merged],
  };
}

/** The same as the event "Consent Changed": proof and profile come from it. */
function changeConsent(deps: ProfileRouteDeps, profileId: string, change: ConsentChange): Promise<void> {
  return tell(deps, {
    messageId: `consent:${newId(deps.clock)}`,
    name: "Consent Changed",
    profileId,
    properties: { ...change, wording: change.wording ?? null },
  });
}

async function tell(deps: ProfileRouteDeps, event: Omit<NewEvent, "source">): Promise<void> {
  await inTransaction(deps.db, (tx) => append(tx, [newEvent(deps.clock, { source: "profiles", ...event })]));
  deps.bus.wake("inbox");
}
