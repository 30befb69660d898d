import type { Variant } from "./queries.ts";

/** What the shopper has settled on so far; a size stays open until somebody picks it. */
export interface Choice {
  readonly color: string | null;
  readonly size: string | null;
}

/**
 * The choice kept in the address: a variant's id, or `color:<name>` while the size is still open.
 * Where there is only one size it is chosen by itself, else the shopper's own.
 */
export function startChoice(variants: readonly Variant[], kept: string | undefined, own?: string): Choice {
  const exact = variants.find((variant) => variant.id === kept);
  if (exact) return { color: exact.color, size: exact.size };
  const color = kept?.startsWith("color:") ? kept.slice(6) : (variants[0]?.color ?? null);
  const sizes = new Set(variants.filter((variant) => variant.color === color).map((variant) => variant.size));
  if (sizes.size === 1) return { color, size: [...sizes][0] ?? null };
  return { color, size: own !== undefined && sizes.has(own) ? own : null };
}

export function chosenVariant(variants: readonly Variant[], choice: Choice): Variant | undefined {
  return variants.find((variant) => variant.color === choice.color && variant.size === choice.size);
}

/** What to keep in the address for this choice. */
export function keptChoice(variants: readonly Variant[], choice: Choice): string {
  return chosenVariant(variants, choice)?.id ?? `color:${choice.color ?? ""}`;
}
