/** `Name <a@b.c>`, `"Name" <a@b.c>` or the bare address, taken apart. */
export function readMailbox(text: string): { readonly name: string | null; readonly email: string } {
  const found = /^(.*)<([^<>]+)>\s*$/.exec(text);
  if (!found) return { name: null, email: text.trim() };
  const name = (found[1] ?? "")
    .trim()
    .replace(/^"(.*)"$/, "$1")
    .replace(/\\(.)/g, "$1");
  return { name: name === "" ? null : name, email: (found[2] ?? "").trim() };
}
