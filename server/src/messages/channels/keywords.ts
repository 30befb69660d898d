import type { Keyword } from "../queries/inbound.pg.ts";

/** As carriers know them, and as people say them in the languages we speak. */
const WORDS: Readonly<Record<Keyword, readonly string[]>> = {
  stop: [
    ...["STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "OPT OUT"],
    ...["RET", "IPTAL", "DUR", "CIKIS", "AYRIL"],
    ...["BERHENTI", "KELUAR", "BATAL"],
  ],
  start: ["START", "UNSTOP", "YES", "SUBSCRIBE", "BASLA", "BASLAT", "KATIL", "MULAI", "LANJUT"],
  help: ["HELP", "INFO", "YARDIM", "BILGI", "BANTUAN"],
};

/** The keyword a whole message is; a word in a sentence is none. Case, accents and punctuation do not matter. */
export function keywordOf(text: string): Keyword | null {
  const plain = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[ıİ]/g, "I")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  const found = Object.entries(WORDS).find(([, words]) => words.includes(plain));
  return found ? (found[0] as Keyword) : null;
}
