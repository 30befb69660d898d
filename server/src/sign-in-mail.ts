import type { House } from "./platform/house.ts";
import { houseMail, mailNote } from "./platform/house-mail.ts";

/** The mail that carries a one-time code, in the shopper's language. */
export function codeMail(
  code: string,
  language: string,
  house: House,
): { subject: string; text: string; html: string } {
  const words = TEXTS[language.slice(0, 2)] ?? TEXTS.en;
  const [subject, lead, note] = words as readonly [string, string, string];
  return {
    subject: subject.replace("{code}", code),
    text: `${lead}\n\n${code}\n\n${note}\n`,
    html: houseMail(
      house,
      language,
      lead,
      `<p>${lead}</p><p style="font-size:32px;letter-spacing:6px;font-weight:700">${code}</p>${mailNote(house, [note])}`,
    ),
  };
}

const TEXTS: Readonly<Record<string, readonly [subject: string, lead: string, note: string]>> = {
  en: [
    "{code} is your sign-in code",
    "Your code to sign in:",
    "It is good for ten minutes. If you did not ask for it, you need not do anything.",
  ],
  tr: [
    "Giriş kodunuz {code}",
    "Giriş yapmak için kodunuz:",
    "Kod on dakika geçerlidir. Siz istemediyseniz bir şey yapmanıza gerek yok.",
  ],
  id: [
    "{code} adalah kode masuk Anda",
    "Kode untuk masuk:",
    "Kode berlaku sepuluh menit. Jika Anda tidak memintanya, abaikan saja.",
  ],
};
