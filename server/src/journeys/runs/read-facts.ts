import type { Db, Tx } from "../../platform/db.ts";
import { isZone } from "../../platform/time-zone.ts";
import type { Profile } from "../../profiles/index.ts";
import type { JourneysDeps } from "../deps.ts";
import type { Facts } from "../nodes/node-kind.ts";
import { readDraws } from "../queries/flows.pg.ts";
import { firstChannel } from "./first-channel.ts";
import { gather } from "./gather.ts";
import { wakingHour } from "./waking-hour.ts";

/** What is true of the people of one transaction; whatever many ask in one moment is one statement. */
export function readFacts(tx: Tx, deps: JourneysDeps, now: Temporal.Instant): Facts {
  const profiles = gather(
    (id: string) => id,
    async (ids) => {
      const found = await deps.loadProfiles(tx, ids);
      return ids.map((id) => found.get(id));
    },
  );
  const conditions = new Map<string, ReturnType<JourneysDeps["segments"]["parse"]>>();
  const conditionOf = (text: string) => {
    const known = conditions.get(text) ?? deps.segments.parse(JSON.parse(text));
    conditions.set(text, known);
    return known;
  };
  const holds = gather(
    (asked: { profileId: string; text: string }) => `${asked.profileId} ${asked.text}`,
    (asked) =>
      deps.segments.evaluate(
        tx,
        asked.map(({ profileId, text }) => ({ profileId, condition: conditionOf(text) })),
        now,
      ),
  );
  const members = gather(
    (asked: { profileId: string; segmentId: string }) => `${asked.segmentId} ${asked.profileId}`,
    async (asked) => {
      const column = (key: "segmentId" | "profileId") => [...new Set(asked.map((one) => one[key]))];
      const found = await deps.segments.membersAmong(tx, column("segmentId"), column("profileId"));
      return asked.map(({ segmentId, profileId }) => found.has(`${segmentId} ${profileId}`));
    },
  );
  const reactions = gather(
    (asked: { runId: string; node: string }) => `${asked.runId} ${asked.node}`,
    async (asked) => {
      const found = await deps.messages.reactions(tx, asked);
      return asked.map(({ runId, node }) => found.get(`${runId} ${node}`) ?? null);
    },
  );
  const tallies = gather(
    (asked: { journeyId: string; node: string; version: number }) =>
      `${asked.journeyId} ${asked.node} ${asked.version}`,
    (asked) => Promise.all(asked.map((one) => tallyOf(tx, one))),
  );
  const templates = gather(
    (ids: readonly string[]) => ids.join(),
    (asked) => Promise.all(asked.map((ids) => deps.messages.channelsOf(tx, ids))),
  );
  const channels = gather(
    (asked: { profileId: string; channels: readonly string[] }) => `${asked.profileId} ${asked.channels}`,
    (asked) => (deps.chooseChannel ?? firstChannel(deps.loadProfiles))(tx, asked, now),
  );
  const hours = gather(
    (asked: Parameters<typeof wakingHour>[1][number]) =>
      `${asked.profileId} ${asked.until} ${asked.zone} ${asked.channels}`,
    (asked) => (deps.chooseHour ?? wakingHour)(tx, asked),
  );
  return {
    profile: profiles,
    holds: (profileId, condition) => holds({ profileId, text: JSON.stringify(condition) }),
    isMember: (profileId, segmentId) => members({ profileId, segmentId }),
    reaction: (run, node) => reactions({ runId: run.id, node }),
    tallies: (run, node) => tallies({ journeyId: run.journeyId, node, version: run.version }),
    channelsOf: templates,
    channel: (profileId, given) => channels({ profileId, channels: given }),
    hour: (profileId, bounds, channels) => hours({ profileId, ...bounds, channels }),
    zone: async (profileId) => zoneOf(await profiles(profileId), deps.timeZone),
  };
}

/** Where somebody lives, as far as the profile says. */
export function zoneOf(profile: Profile | undefined, house: string): string {
  const { timezone, time_zone } = profile?.traits ?? {};
  const told = timezone ?? time_zone;
  return typeof told === "string" && isZone(told) ? told : house;
}

async function tallyOf(db: Db, asked: { journeyId: string; node: string; version: number }) {
  const draws = await readDraws(db, asked.journeyId, asked.node, asked.version);
  return new Map(draws.filter(({ is_alike }) => is_alike).map((draw) => [draw.way, draw]));
}
