/**
 * Whether a body says `List-Unsubscribe=One-Click`, as a form of either kind (RFC 8058, 3.1). Nothing else is asked
 * of the sender: no cookie, no other field.
 */
export function isOneClick(body: unknown): boolean {
  if (typeof body !== "string") return false;
  if (new URLSearchParams(body).get("List-Unsubscribe")?.trim() === "One-Click") return true;
  return /name="?List-Unsubscribe"?[^\n]*\r?\n(?:[^\n]+\r?\n)*\r?\nOne-Click\s/.test(body);
}
