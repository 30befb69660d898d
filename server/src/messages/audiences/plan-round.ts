import type { Hashes } from "../channels/ad-network.ts";
import type { DueMember } from "./queries/members.pg.ts";

/** What is to be done about the members that are due. */
export interface Round {
  /** Hashes to be taken out, person by person. */
  readonly out: readonly { readonly member: DueMember; readonly hashes: Hashes }[];
  /** Of whom the network is to know nothing after that. */
  readonly gone: readonly DueMember[];
  /** Who is to be there, with all their hashes. */
  readonly in: readonly { readonly member: DueMember; readonly hashes: Hashes }[];
  /** Who is there already as they should be. */
  readonly same: readonly DueMember[];
}

/** `may`: what the network is to know of each person, by profile id. A paused audience takes out and adds nothing. */
export function planRound(members: readonly DueMember[], may: ReadonlyMap<string, Hashes>, isPaused: boolean): Round {
  const round = { out: [], gone: [], in: [], same: [] } as { -readonly [K in keyof Round]: Round[K][number][] };
  for (const member of members) {
    const told = member.told ?? [];
    const all = (member.wanted && member.profile_id !== null && may.get(member.profile_id)) || [];
    const hashes = isPaused ? all.filter((one) => told.includes(one)) : all;
    const out = told.filter((one) => !hashes.includes(one));
    if (out.length > 0) round.out.push({ member, hashes: out });
    if (hashes.length === 0) round.gone.push(member);
    // One that was foretold and not confirmed is told again: nobody knows whether it has arrived.
    else if (isPaused) round.same.push(member);
    else round.in.push({ member, hashes });
  }
  return round;
}
