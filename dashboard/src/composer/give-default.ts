/** The same content with a default behind every place where the variable is written without one. */
export function giveDefault<T>(content: T, variable: string, text: string): T {
  const name = variable.replace(/[.[\]]/g, "\\$&");
  const bare = new RegExp(`\\{\\{(-?)\\s*${name}\\s*(\\|(?![^}]*default)[^}]*?)?\\s*(-?)\\}\\}`, "g");
  const said = text.replaceAll('"', "'").replace(/[{}%]/g, "");
  return mapTexts(content, (line) =>
    line.replace(
      bare,
      (_whole, before: string, filters: string | undefined, after: string) =>
        `{{${before} ${variable} | default: "${said}"${filters ? ` ${filters.trim()}` : ""} ${after}}}`,
    ),
  ) as T;
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, change)]));
}
