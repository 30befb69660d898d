/** What we say ourselves to a recipient, in the languages we speak; anything else is English. */
export interface Words {
  readonly unsubscribe: string;
  readonly why: string;
  readonly ask: string;
  readonly confirm: string;
  readonly done: string;
  readonly invalid: string;
  readonly choose: string;
}

const WORDS: Readonly<Record<string, Words>> = {
  en: {
    unsubscribe: "Unsubscribe",
    why: "You get this mail because you agreed to hear from us.",
    ask: "Do you want to stop getting our offers and news by e-mail?",
    confirm: "Yes, unsubscribe me",
    done: "You will get no more offers or news from us by e-mail.",
    invalid: "This link is not valid.",
    choose: "Rather choose what you get",
  },
  tr: {
    unsubscribe: "Abonelikten çık",
    why: "Bu e-postayı bizden haber almayı kabul ettiğiniz için alıyorsunuz.",
    ask: "Tekliflerimizi ve haberlerimizi artık e-posta ile almak istemiyor musunuz?",
    confirm: "Evet, aboneliğimi sonlandır",
    done: "Size artık e-posta ile teklif veya haber göndermeyeceğiz.",
    invalid: "Bu bağlantı geçerli değil.",
    choose: "Bunun yerine neler alacağınızı seçin",
  },
  id: {
    unsubscribe: "Berhenti berlangganan",
    why: "Anda menerima email ini karena Anda setuju menerima kabar dari kami.",
    ask: "Apakah Anda ingin berhenti menerima penawaran dan kabar kami lewat email?",
    confirm: "Ya, hentikan langganan saya",
    done: "Kami tidak akan mengirim penawaran atau kabar lagi lewat email.",
    invalid: "Tautan ini tidak berlaku.",
    choose: "Pilih saja apa yang ingin Anda terima",
  },
};

const ENGLISH = WORDS.en as Words;

export function wordsFor(language: string): Words {
  return WORDS[language.split("-")[0] ?? ""] ?? ENGLISH;
}
