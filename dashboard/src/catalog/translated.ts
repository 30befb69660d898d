/** A title in the reader's language where the catalogue has one. */
export function translated(titles: Readonly<Record<string, string>>, language: string, fallback: string): string {
  return titles[language.split("-")[0] ?? ""] ?? fallback;
}
