import type { Computed, Profile } from "./contracts.ts";
import { deriveComputed } from "./fold/derive-computed.ts";
import type { Folding } from "./fold/fold-event.ts";
import { emptyMemory, type Memory } from "./fold/memory.ts";
import type { ProfileRow } from "./queries/profile-rows.pg.ts";

/** What a profile's row holds. What is computed of a person is derived from the fold's memory, not kept beside it. */
interface Stored extends Pick<Folding, "traits" | "consent" | "firstSeen" | "lastSeen"> {
  /** Without what is empty. */
  readonly memory: Partial<Memory>;
}

/** Takes the row over: nobody else reads it. */
export function toFolding({ id, data, version = null }: ProfileRow): Folding {
  const { traits = {}, consent = {}, firstSeen = null, lastSeen = null, memory } = JSON.parse(data) as Partial<Stored>;
  return {
    id,
    version,
    traits,
    consent,
    firstSeen,
    lastSeen,
    memory: { ...emptyMemory(), ...memory },
    changed: new Set(),
  };
}

export function toRow({ id, version, traits, consent, firstSeen, lastSeen, memory }: Folding): ProfileRow {
  return {
    id,
    version,
    data: JSON.stringify({ traits, consent, firstSeen, lastSeen, memory: withoutEmpty(memory) } satisfies Stored),
  };
}

/** For readers, once the fold is done. What is computed is computed when somebody asks: of most of a batch nobody does. */
export function toProfile({ id, traits, consent, firstSeen, lastSeen, memory }: Folding): Profile {
  let computed: Computed | null = null;
  return {
    id,
    traits,
    consent,
    first_seen: firstSeen ?? "",
    last_seen: lastSeen ?? "",
    get computed() {
      return (computed ??= deriveComputed(memory));
    },
  };
}

function withoutEmpty(memory: Memory): Partial<Memory> {
  return Object.fromEntries(Object.entries(memory).filter(([name, value]) => !isEmpty(name, value)));
}

function isEmpty(name: string, value: unknown): boolean {
  if (typeof value !== "object") return false;
  if (value === null) return true;
  for (const _ in name === "older" ? (value as Memory["older"]).byCurrency : value) return false;
  return true;
}
