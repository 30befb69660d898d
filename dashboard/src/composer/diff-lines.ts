export interface DiffLine {
  readonly side: "old" | "new" | "same";
  readonly text: string;
}

/** More lines than this are compared by their ends alone. */
const MOST = 2_000;

/** What has to go and to come so that the old lines become the new ones: the longest common lines stay. */
export function diffLines(old: readonly string[], now: readonly string[]): DiffLine[] {
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const [a, b] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  const same = (lines: readonly string[]): DiffLine[] => lines.map((text) => ({ side: "same", text }));
  const middle =
    a.length + b.length > MOST
      ? [...a.map((text) => ({ side: "old" as const, text })), ...b.map((text) => ({ side: "new" as const, text }))]
      : between(a, b);
  return [...same(old.slice(0, start)), ...middle, ...same(end === 0 ? [] : old.slice(-end))];
}

function between(a: readonly string[], b: readonly string[]): DiffLine[] {
  const common: number[][] = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = common[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ side: "same", text: a[i] ?? "" });
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ side: "old", text: a[i] ?? "" });
      i++;
    } else {
      lines.push({ side: "new", text: b[j] ?? "" });
      j++;
    }
  }
  return lines;
}
