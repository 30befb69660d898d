import { setTimeout as pause } from "node:timers/promises";

import type { DbOptions } from "../../../server/src/platform/db.ts";
import { openDb } from "../../../server/src/platform/db.ts";
import { type HistoryOptions, openHistory } from "../../../server/src/platform/history.ts";
import type { Crowd, Known } from "./crowd.ts";
import type { Node } from "./node.ts";

interface Segment {
  readonly id: string;
  readonly name: string;
  /** Who belongs to it, from what was acknowledged alone. */
  isMember(known: Known): boolean;
}

interface Engines {
  readonly postgres: DbOptions;
  readonly history: HistoryOptions;
}

const SEGMENTS: readonly { name: string; definition: object; isMember: Segment["isMember"] }[] = [
  {
    name: "Two orders",
    definition: { did: "Order Completed", count: { op: "gte", value: 2 }, within: "P30D" },
    isMember: ({ orders }) => orders >= 2,
  },
  {
    name: "In Izmir",
    definition: { trait: "city", op: "is", value: "Izmir" },
    isMember: ({ city }) => city === "Izmir",
  },
  {
    name: "Elsewhere without an order",
    definition: {
      all: [
        { not: { trait: "city", op: "is", value: "Izmir" } },
        { did: "Order Completed", count: { op: "eq", value: 0 } },
        { trait: "city", op: "exists" },
      ],
    },
    isMember: ({ orders, city }) => city !== "Izmir" && orders === 0,
  },
];

/** Makes the segments whose members are compared afterwards; returns when they are live. */
export async function makeSegments(node: Node): Promise<Segment[]> {
  return await Promise.all(
    SEGMENTS.map(async ({ name, definition, isMember }) => {
      const { id } = await node.call<{ id: string }>("POST", "/v1/segments", { name, definition });
      const isLive = async () => (await node.call<{ state: string }>("GET", `/v1/segments/${id}`)).state === "live";
      while (!(await isLive())) await pause(50);
      return { id, name, isMember };
    }),
  );
}

/** Returns when everything accepted is worked in and shipped, throws when that takes longer than `ms`. */
export async function untilWorkedIn(node: Node, ms: number): Promise<void> {
  let last = "";
  for (const until = Date.now() + ms; Date.now() < until; await pause(50)) {
    const state = await node.call<{ inbox: number; outbox: number }>("GET", "/v1/pipeline").catch(() => undefined);
    if (state?.inbox === 0 && state.outbox === 0) return;
    last = JSON.stringify(state ?? "no answer");
  }
  throw new Error(`not worked in after ${ms} ms: ${last}\n${node.said().slice(-5_000)}`);
}

/** Everything that is not as it must be after the storm, one sentence each; nothing when all is well. */
export async function findWrongs(
  node: Node,
  engines: Engines,
  crowd: Crowd,
  segments: readonly Segment[],
): Promise<string[]> {
  const profiles = await readProfiles(node, crowd);
  return [
    ...compareCounters(crowd, profiles),
    ...(await compareHistory(engines, crowd, profiles)),
    ...(await compareSegments(node, crowd, profiles, segments)),
    ...(await findLeftovers(engines)),
  ];
}

interface ProfileSeen {
  readonly id: string;
  readonly computed: { readonly events: number; readonly orders: number };
  readonly traits: { readonly city?: string };
}

async function readProfiles(node: Node, crowd: Crowd): Promise<Map<number, ProfileSeen>> {
  const found = new Map<number, ProfileSeen>();
  const people = [...crowd.known.keys()];
  const reader = async () => {
    for (let person = people.pop(); person !== undefined; person = people.pop()) {
      found.set(person, await node.call<ProfileSeen>("GET", `/v1/profiles/user_id:${crowd.userOf(person)}`));
    }
  };
  await Promise.all(Array.from({ length: 8 }, reader));
  return found;
}

function compareCounters(crowd: Crowd, profiles: ReadonlyMap<number, ProfileSeen>): string[] {
  const wrongs: string[] = [];
  for (const [person, known] of crowd.known) {
    const profile = profiles.get(person);
    const seen = { ...profile?.computed, city: profile?.traits.city };
    if (seen.events !== known.events || seen.orders !== known.orders || seen.city !== known.city) {
      const { events, orders, city } = seen;
      wrongs.push(
        `${crowd.userOf(person)} counts ${JSON.stringify({ events, orders, city })}, not ${JSON.stringify(known)}`,
      );
    }
  }
  if (new Set([...profiles.values()].map(({ id }) => id)).size !== profiles.size) wrongs.push("people share a profile");
  return wrongs;
}

async function compareHistory(
  engines: Engines,
  crowd: Crowd,
  profiles: ReadonlyMap<number, ProfileSeen>,
): Promise<string[]> {
  const history = openHistory(engines.history);
  try {
    const lines = await history.query<{ message_id: string; n: number; profile_id: string }>(`
      select message_id, count() as n, any(if(o.into_id = toUUID('00000000-0000-0000-0000-000000000000'), e.profile_id, o.into_id)) as profile_id
      from events e left join (select from_id, argMax(into_id, version) as into_id from profile_overrides group by from_id) o
        on o.from_id = e.profile_id
      where user_id != '' or anonymous_id != '' group by message_id`);
    const byId = new Map(lines.map((line) => [line.message_id, line]));
    const missing = [...crowd.messageIds].filter((id) => !byId.has(id));
    const repeated = lines.filter(({ n }) => n > 1);
    const wrongs = [
      ...missing.map((id) => `${id} was acknowledged and is not in History`),
      ...repeated.map(({ message_id, n }) => `${message_id} is in History ${n} times`),
    ];
    const eventsOf = new Map<string, number>();
    for (const { message_id, profile_id } of lines) {
      if (crowd.messageIds.has(message_id)) eventsOf.set(profile_id, (eventsOf.get(profile_id) ?? 0) + 1);
    }
    for (const [person, { events }] of crowd.known) {
      const there = eventsOf.get(profiles.get(person)?.id ?? "");
      if (there !== events) wrongs.push(`History has ${there} events of ${crowd.userOf(person)}, not ${events}`);
    }
    return wrongs;
  } finally {
    await history.close();
  }
}

async function compareSegments(
  node: Node,
  crowd: Crowd,
  profiles: ReadonlyMap<number, ProfileSeen>,
  segments: readonly Segment[],
): Promise<string[]> {
  const wrongs: string[] = [];
  for (const segment of segments) {
    const members = new Set<string>();
    for (let after = ""; ; ) {
      const page = await node.call<{ items: { profile_id: string }[]; next: string | null }>(
        "GET",
        `/v1/segments/${segment.id}/members?limit=500${after}`,
      );
      for (const { profile_id } of page.items) members.add(profile_id);
      if (page.next === null) break;
      after = `&after=${encodeURIComponent(page.next)}`;
    }
    let [lacking, tooMany] = [0, 0];
    for (const [person, known] of crowd.known) {
      const isMember = members.has(profiles.get(person)?.id ?? "");
      if (segment.isMember(known) && !isMember) lacking += 1;
      if (!segment.isMember(known) && isMember) tooMany += 1;
    }
    if (lacking > 0 || tooMany > 0) wrongs.push(`"${segment.name}" lacks ${lacking} and has ${tooMany} too many`);
    const { size } = await node.call<{ size: number }>("GET", `/v1/segments/${segment.id}`);
    if (size !== members.size) wrongs.push(`"${segment.name}" says ${size} and has ${members.size}`);
  }
  return wrongs;
}

/** What lives takes locks for a moment, too. */
const LEFT = "clock_timestamp() - interval '2 s'";

/** Quarantine, queues, locks: nothing may be left of the storm. */
async function findLeftovers(engines: Engines): Promise<string[]> {
  const { pool, close } = openDb({ ...engines.postgres, max: 1 });
  const count = async (what: string) =>
    Number((await pool.query<{ n: string }>(`select count(*) as n from ${what}`)).rows[0]?.n);
  try {
    const wrongs: string[] = [];
    for (const [what, isLeft] of [
      ["in quarantine", "collect.quarantine"],
      ["in the inbox", "collect.inbox"],
      ["unshipped", "pipeline.outbox where shipped_at is null"],
      [
        "advisory locks",
        `pg_locks join pg_stat_activity using (pid) where locktype = 'advisory' and coalesce(xact_start, state_change) < ${LEFT}`,
      ],
      ["waiting for a lock", `pg_locks where waitstart < ${LEFT}`],
      ["idle in a transaction", `pg_stat_activity where state like 'idle in transaction%' and state_change < ${LEFT}`],
      ["prepared transactions", "pg_prepared_xacts"],
    ] as const) {
      const n = await count(isLeft);
      if (n > 0) wrongs.push(`${n} ${what}`);
    }
    return wrongs;
  } finally {
    await close();
  }
}
