import { randomUUID } from "node:crypto";

import { profileForDevice } from "../identity/index.ts";
import { inTransaction, sql } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { World } from "../platform/testing/world.ts";
import type { Holder, ListOperation, OperationsBody } from "./contracts.ts";
import { mergeLists } from "./shopping/merge-lists.ts";
import type { Viewer } from "./shopping/viewer.ts";

type Device = Extract<Holder, { kind: "device" }>;
type Person = Extract<Holder, { kind: "person" }>;

export function newDevice(world: World): Device {
  return { kind: "device", anonymousId: newId(world.clock) };
}

export function profileOf(world: World, device: Holder): Promise<string> {
  return inTransaction(world.db, async (tx) => (await profileForDevice(tx, world, device.anonymousId)) ?? "");
}

export function personOn(profileId: string, device: Holder): Person {
  return { kind: "person", profileId, anonymousId: device.anonymousId };
}

export function seenBy(holder: Holder, share: string | null = null): Viewer {
  return { kind: "holder", holder, share };
}

/** As identity does when devices turn out to be one person's: their identifiers move, then the rooms are told. */
export function mergeProfiles(world: World, from: string, into: string): Promise<void> {
  return inTransaction(world.db, async (tx) => {
    await sql`update identity.identifiers set profile_id = ${into} where profile_id = ${from}`.execute(tx);
    await sql`insert into identity.aliases (from_id, into_id) values (${from}, ${into})`.execute(tx);
    await mergeLists(tx, world.clock, [{ from, into }]);
  });
}

type Words = Partial<Extract<ListOperation, { op: "add" }>>;

export function adding(variantId: string, quantity = 1, words: Words = {}): Extract<ListOperation, { op: "add" }> {
  return { op: "add", id: randomUUID(), item_id: randomUUID(), variant_id: variantId, quantity, ...words };
}

export function operations(...given: ListOperation[]): OperationsBody {
  return { operations: given, after: 0 };
}
