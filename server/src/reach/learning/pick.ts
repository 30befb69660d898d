import { drawBeta, surer } from "./draw.ts";
import { type Belief, meanOf } from "./learnt.ts";

export interface Option {
  readonly channel: string;
  readonly belief: Belief;
  /** Of one message, in minor units. */
  readonly cost: number;
}

/** Tried on simulated people (docs/channel-choice.md): from 10 on it makes little difference. */
const SURER = 12;

export interface Picked {
  readonly option: Option;
  /** Chosen to learn, against what is believed now. */
  readonly isTrial: boolean;
}

/**
 * Thompson sampling: each channel is chosen as often as it is likely to be the best after its cost (Thompson 1933;
 * Chapelle and Li, NIPS 2011), with a floor of plain chance so that nothing is given up for ever.
 */
export function pickChannel(
  options: readonly Option[],
  { worth, explore }: { readonly worth: number; readonly explore: number },
  random: () => number,
): Picked | null {
  const first = options[0];
  if (!first) return null;
  const value = ({ cost }: Option, mean: number) => mean * worth - cost;
  const best = options.reduce((a, b) => (value(b, meanOf(b.belief)) > value(a, meanOf(a.belief)) ? b : a));
  const chosen =
    random() < explore
      ? (options[Math.floor(random() * options.length)] ?? first)
      : options
          .map((option) => ({ option, drawn: value(option, drawBeta(surer(option.belief, SURER), random)) }))
          .reduce((a, b) => (b.drawn > a.drawn ? b : a)).option;
  return { option: chosen, isTrial: chosen !== best };
}
