/** A small seeded source of chance (sfc32): the same seed gives the same people and the same year, on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Whole, from `least` to `most`, both included. */
  int(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** An index drawn by weight. */
  weighted(weights: readonly number[]): number;
  /** Standard normal, by Box-Muller. */
  normal(): number;
  logNormal(mu: number, sigma: number): number;
  /** Hexadecimal digits, for ids. */
  hex(digits: number): string;
}

export function createRandom(seed: string): Random {
  let [a, b, c, d] = hashSeed(seed);
  const next32 = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next32();
  const next = () => next32() / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    normal,
    int: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (probability) => next() < probability,
    pick<T>(items: readonly T[]): T {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
    weighted(weights) {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      const index = weights.findIndex((weight) => (left -= weight) < 0);
      return index < 0 ? weights.length - 1 : index;
    },
    logNormal: (mu, sigma) => Math.exp(mu + sigma * normal()),
    hex: (digits) => Array.from({ length: digits }, () => (next32() & 15).toString(16)).join(""),
  };
}

/** Four words of FNV-1a over the seed, each begun differently. */
function hashSeed(seed: string): [number, number, number, number] {
  const word = (start: number) => {
    let hash = start;
    for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 16_777_619);
    return hash | 0;
  };
  return [word(2_166_136_261), word(1_013_904_223), word(374_761_393), word(668_265_263)];
}
