/** Escapes that may stand for what PostgreSQL refuses: NUL, and halves of surrogate pairs. Nearly no body has one. */
const SUSPICIOUS = /\\u0000|\\u[dD][89a-fA-F]/;

/** Whether the strings of a body have to be looked at one by one. */
export function isSuspicious(json: string): boolean {
  return SUSPICIOUS.test(json);
}

/** Whether both engines keep it as it is. */
export function isKeepable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/** Where in a parsed body of bounded depth a text stands that no engine keeps: `contents.en.subject`; null when none. */
export function findUnkeptText(value: unknown, path = ""): string | null {
  if (typeof value === "string") return isKeepable(value) ? null : path;
  if (typeof value !== "object" || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    if (findUnkeptText(key, path) !== null) return path;
    const found = findUnkeptText(inner, path === "" ? key : `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}
