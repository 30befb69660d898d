export const DURATION_UNITS = ["minutes", "hours", "days"] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number];

export interface SimpleDuration {
  readonly amount: number;
  readonly unit: DurationUnit;
}

/** `PT1H`, `P30D`, `PT90M` as number and unit; anything more complicated is null and stays text. */
export function readDuration(iso: string): SimpleDuration | null {
  const match = /^P(?:(\d+)D|T(\d+)H|T(\d+)M)$/.exec(iso);
  if (!match) return null;
  const [, days, hours, minutes] = match;
  if (days !== undefined) return { amount: Number(days), unit: "days" };
  return hours !== undefined ? { amount: Number(hours), unit: "hours" } : { amount: Number(minutes), unit: "minutes" };
}

export function writeDuration({ amount, unit }: SimpleDuration): string {
  if (unit === "days") return `P${amount}D`;
  return unit === "hours" ? `PT${amount}H` : `PT${amount}M`;
}
