/** As many as make what a transaction costs by itself small beside what people cost. */
export const MOST_PEOPLE = 1_000;
/** With fewer the transaction itself would cost more than they do. */
const FEWEST_PEOPLE = 250;
/** Whoever does something while a crowd is swept is worked between two steps, and waits about as long as one takes. */
const STEP_MS = 150;
/** After a hiccup it grows back within a few steps, not at once. */
const GROWTH = 1.5;

/** How many people the next step of the sweep takes, when one of `people` took so long. */
export function nextStep(people: number, tookMs: number): number {
  const fitting = Math.min(people * GROWTH, (people * STEP_MS) / Math.max(1, tookMs));
  return Math.min(MOST_PEOPLE, Math.max(FEWEST_PEOPLE, Math.round(fitting)));
}
