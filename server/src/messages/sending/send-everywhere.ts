import type { OpenAccount } from "../channels/accounts.ts";
import type { Outcome, OutgoingMessage } from "../channels/adapter.ts";
import { eachDevice } from "../channels/device-address.ts";
import type { Lines } from "../channels/lines.ts";
import type { Way } from "../channels/way.ts";

export interface SentTo {
  readonly outcome: Outcome;
  readonly account: OpenAccount;
}

/** Gives a message to its provider; a push to the service of each of the person's devices. Null: no account for any. */
export async function sendEverywhere(lines: Lines, way: Way, message: OutgoingMessage): Promise<SentTo | null> {
  const ways = eachDevice(message.to).flatMap((to) => {
    const account = way.accountOf(to);
    return account === null ? [] : [{ to, account }];
  });
  const sent = await Promise.all(
    ways.map(async ({ to, account }) => {
      const [outcome] = await lines.of(account).send([{ ...message, to }]);
      if (!outcome) throw new Error("an adapter left a message without an outcome");
      return { outcome, account };
    }),
  );
  return best(sent);
}

/** On one device it is there. Else it is tried again while any of them may still take it. */
const RANKS: readonly Outcome["kind"][] = ["accepted", "limited", "transient", "permanent"];

function best(sent: readonly SentTo[]): SentTo | null {
  const [first, ...others] = sent.toSorted((a, b) => RANKS.indexOf(a.outcome.kind) - RANKS.indexOf(b.outcome.kind));
  if (!first) return null;
  const { outcome } = first;
  // One that is gone says nothing of the person while another merely refuses.
  const isEvery = [first, ...others].every((one) => one.outcome.kind === "permanent" && one.outcome.badAddress);
  return outcome.kind === "permanent" ? { ...first, outcome: { ...outcome, badAddress: isEvery } } : first;
}
