import type { Channel } from "./kinds.ts";

/** What we say ourselves to a recipient, in the languages we speak; anything else is English. */
export interface Words {
  readonly unsubscribe: string;
  readonly why: string;
  /** By which way, as `ask` and `done` say it. */
  readonly by: Readonly<Record<Channel, string>>;
  readonly ask: (by: string) => string;
  readonly confirm: string;
  readonly done: (by: string) => string;
  readonly invalid: string;
  readonly choose: string;
}

const WORDS: Readonly<Record<string, Words>> = {
  en: {
    unsubscribe: "Unsubscribe",
    why: "You get this mail because you agreed to hear from us.",
    by: ways([
      "by e-mail",
      "by SMS",
      "on WhatsApp",
      "on your device",
      "on our site",
      "by post",
      "by phone",
      "on social networks",
    ]),
    ask: (by) => `Do you want to stop getting our offers and news ${by}?`,
    confirm: "Yes, unsubscribe me",
    done: (by) => `You will get no more offers or news from us ${by}.`,
    invalid: "This link is not valid.",
    choose: "Rather choose what you get",
  },
  tr: {
    unsubscribe: "Abonelikten çık",
    why: "Bu e-postayı bizden haber almayı kabul ettiğiniz için alıyorsunuz.",
    by: ways([
      "e-posta ile",
      "SMS ile",
      "WhatsApp ile",
      "cihazınıza",
      "sitemizde",
      "posta ile",
      "telefonla",
      "sosyal ağlarda",
    ]),
    ask: (by) => `Tekliflerimizi ve haberlerimizi artık ${by} almak istemiyor musunuz?`,
    confirm: "Evet, aboneliğimi sonlandır",
    done: (by) => `Size artık ${by} teklif veya haber göndermeyeceğiz.`,
    invalid: "Bu bağlantı geçerli değil.",
    choose: "Bunun yerine neler alacağınızı seçin",
  },
  id: {
    unsubscribe: "Berhenti berlangganan",
    why: "Anda menerima email ini karena Anda setuju menerima kabar dari kami.",
    by: ways([
      "lewat email",
      "lewat SMS",
      "lewat WhatsApp",
      "di perangkat Anda",
      "di situs kami",
      "lewat pos",
      "lewat telepon",
      "di media sosial",
    ]),
    ask: (by) => `Apakah Anda ingin berhenti menerima penawaran dan kabar kami ${by}?`,
    confirm: "Ya, hentikan langganan saya",
    done: (by) => `Kami tidak akan mengirim penawaran atau kabar lagi ${by}.`,
    invalid: "Tautan ini tidak berlaku.",
    choose: "Pilih saja apa yang ingin Anda terima",
  },
};

/** Whatever a system is told about somebody is told to nobody: it stands with the mails. */
function ways([email, sms, whatsapp, push, onsite, letter, call, social]: Ways): Words["by"] {
  return { email, sms, whatsapp, push, onsite, letter, call, social, webhook: email };
}
type Ways = readonly [string, string, string, string, string, string, string, string];

const ENGLISH = WORDS.en as Words;

export function wordsFor(language: string): Words {
  return WORDS[language.split("-")[0] ?? ""] ?? ENGLISH;
}
