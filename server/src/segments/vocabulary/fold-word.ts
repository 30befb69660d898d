/** `İzmir`, `ızmir` and `IZMIR` are typed alike. */
export function foldWord(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll("ı", "i");
}
