const DIGIT = /\d/;

/**
 * Whether one letter more, less, other or two swapped neighbours make one text the other (Damerau-Levenshtein 1). Digits
 * are not mistyped letters: jane2@ is somebody else than jane@ and jane3@.
 */
export function isOneTypoApart(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  const isSame = (afterA: number, afterB: number) =>
    a.slice(at + afterA) === b.slice(at + afterB) && !DIGIT.test(a.slice(at, at + afterA) + b.slice(at, at + afterB));
  if (a.length > b.length) return isSame(1, 0);
  if (a.length < b.length) return isSame(0, 1);
  const isSwapped = a[at] === b[at + 1] && a[at + 1] === b[at];
  return (isSwapped && isSame(2, 2)) || isSame(1, 1);
}
