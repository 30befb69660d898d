import { type DemoVariant, demoCatalogue, demoStock, lastPair } from "../catalogue.ts";

const PLENTY = 12;

/** Some things, the same for the same number at every load. */
export function choose(seed: number, count: number): DemoVariant[] {
  const plentiful = findPlentiful();
  return Array.from({ length: count }, (_, i) => plentiful[(seed * 37 + i * 101) % plentiful.length]).filter(
    (variant) => variant !== undefined,
  );
}

/** What there is plenty of: the day leaves the rare things to whoever looks at the demo. */
function findPlentiful(): DemoVariant[] {
  const most = new Map<string, number>();
  for (const { variantId, quantity } of demoStock()) most.set(variantId, Math.max(most.get(variantId) ?? 0, quantity));
  return demoCatalogue.products
    .flatMap(({ variants }) => variants)
    .filter(({ id }) => id !== lastPair.variantId && (most.get(id) ?? 0) >= PLENTY);
}
