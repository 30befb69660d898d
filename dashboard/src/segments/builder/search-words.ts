/** `İzmir`, `ızmir` and `IZMIR` are typed alike. */
function fold(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll("ı", "i");
}

/** Whether each word that was typed begins a word of the text. */
export function isMeant(text: string, typed: string): boolean {
  const words = fold(text).split(/[^\p{L}\p{N}]+/u);
  return fold(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .every((wanted) => wanted === "" || words.some((word) => word.startsWith(wanted)));
}
