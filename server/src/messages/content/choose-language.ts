/** The content's language for a person: theirs, their language without the region, the default, then any. */
export function chooseLanguage(
  available: readonly string[],
  wanted: string | null | undefined,
  fallback: string,
): string {
  const exact = wanted?.toLowerCase().replace("_", "-");
  const base = exact?.split("-")[0];
  const found =
    available.find((language) => language.toLowerCase() === exact) ??
    available.find((language) => language.toLowerCase() === base) ??
    available.find((language) => language === fallback) ??
    available[0];
  if (found === undefined) throw new TypeError("a template has content in at least one language");
  return found;
}
