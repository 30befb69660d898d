/** The mail that carries a one-time code, in the shopper's language. */
export function codeMail(code: string, language: string): { subject: string; text: string; html: string } {
  const words = TEXTS[language.slice(0, 2)] ?? TEXTS.en;
  const [subject, lead, note] = words as readonly [string, string, string];
  return {
    subject: subject.replace("{code}", code),
    text: `${lead}\n\n${code}\n\n${note}\n`,
    html: `<!doctype html><html><body style="font-family:system-ui,sans-serif;color:#2b2622"><p>${lead}</p><p style="font-size:32px;letter-spacing:6px;font-weight:700">${code}</p><p style="color:#6b625a">${note}</p></body></html>`,
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
