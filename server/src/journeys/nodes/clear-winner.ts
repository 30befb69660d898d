interface Arm {
  readonly passed: number;
  readonly converted: number;
}

/**
 * The arm that is clearly better than each of the others once every arm has had `people`: two proportions, pooled
 * (Fleiss, Statistical Methods for Rates and Proportions, 3rd ed., 2.3), at 99 % divided among the comparisons
 * (Bonferroni) because it is looked at with every person who comes. Null while nothing is clear.
 */
export function clearWinner(arms: readonly Arm[], people: number): number | null {
  if (arms.length < 2 || arms.some((arm) => arm.passed < people)) return null;
  const rate = (arm: Arm) => arm.converted / arm.passed;
  const best = arms.reduce((top, arm, index) => (rate(arm) > rate(arms[top] as Arm) ? index : top), 0);
  const winner = arms[best] as Arm;
  const needed = quantile(1 - 0.01 / 2 / (arms.length - 1));
  const isClear = arms.every((arm, index) => index === best || zOf(winner, arm) > needed);
  return isClear ? best : null;
}

function zOf(a: Arm, b: Arm): number {
  const pooled = (a.converted + b.converted) / (a.passed + b.passed);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.passed + 1 / b.passed));
  return error === 0 ? 0 : (a.converted / a.passed - b.converted / b.passed) / error;
}

/** Of the normal distribution, upper half; Abramowitz and Stegun 26.2.23, wrong by less than 0.00045. */
function quantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(1 - p));
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}
