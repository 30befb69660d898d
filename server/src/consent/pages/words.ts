/** What our pages and the mail of a double opt-in say. Another language than these gets English. */
export interface Words {
  readonly title: string;
  readonly lead: string;
  readonly all: string;
  readonly channels: Readonly<Record<string, string>>;
  readonly reach: string;
  readonly bestChannel: string;
  readonly bestTime: string;
  readonly noMatter: string;
  readonly times: Readonly<Record<"morning" | "midday" | "evening", string>>;
  readonly save: string;
  readonly stopAll: string;
  readonly stopNote: string;
  readonly saved: string;
  readonly stopped: string;
  readonly invalid: string;
  readonly invalidNote: string;
  readonly confirmTitle: string;
  readonly confirmLead: string;
  readonly confirmButton: string;
  readonly confirmed: string;
  readonly mailSubject: string;
  readonly mailLead: string;
  readonly mailNote: string;
}

const WORDS: Readonly<Record<string, Words>> = {
  en: {
    title: "What may we send you?",
    lead: "Tick what you want to hear about. You can change this at any time.",
    all: "Offers and news",
    channels: {
      email: "E-mail",
      sms: "SMS",
      whatsapp: "WhatsApp",
      push: "Notifications on your phone",
      call: "Phone calls",
      phone: "Phone calls",
      letter: "Letters",
      ads: "Ads for you at Meta and Google",
      mail: "Letters",
      social: "Social messages",
    },
    reach: "How and when we reach you",
    bestChannel: "Best way to reach you",
    bestTime: "Best time",
    noMatter: "No preference",
    times: { morning: "Morning", midday: "Midday", evening: "Evening" },
    save: "Save",
    stopAll: "Send me no more offers or news",
    stopNote: "You will still get what belongs to your orders, such as receipts.",
    saved: "Saved. Thank you.",
    stopped: "Done. We will send you no more offers or news.",
    invalid: "This link is not valid.",
    invalidNote: "It may be too old. The newest message from us has a fresh one.",
    confirmTitle: "Please confirm",
    confirmLead: "Yes, I want to hear from you:",
    confirmButton: "Confirm",
    confirmed: "Thank you. Your address is confirmed.",
    mailSubject: "Please confirm your address",
    mailLead: "You asked to hear from us. Please confirm:",
    mailNote: "If it was not you, you need not do anything: you will hear nothing more.",
  },
  tr: {
    title: "Size neler gönderelim?",
    lead: "Haber almak istediğiniz konuları işaretleyin. Bunu istediğiniz zaman değiştirebilirsiniz.",
    all: "Teklifler ve haberler",
    channels: {
      email: "E-posta",
      sms: "SMS",
      whatsapp: "WhatsApp",
      push: "Telefon bildirimleri",
      call: "Telefon aramaları",
      phone: "Telefon aramaları",
      letter: "Mektup",
      ads: "Meta ve Google’da size özel reklamlar",
      mail: "Mektup",
      social: "Sosyal medya mesajları",
    },
    reach: "Size nasıl ve ne zaman ulaşalım?",
    bestChannel: "Size ulaşmanın en iyi yolu",
    bestTime: "En uygun zaman",
    noMatter: "Fark etmez",
    times: { morning: "Sabah", midday: "Öğlen", evening: "Akşam" },
    save: "Kaydet",
    stopAll: "Artık teklif veya haber göndermeyin",
    stopNote: "Siparişlerinizle ilgili iletileri, örneğin fişleri, almaya devam edersiniz.",
    saved: "Kaydedildi. Teşekkürler.",
    stopped: "Tamam. Size artık teklif veya haber göndermeyeceğiz.",
    invalid: "Bu bağlantı geçerli değil.",
    invalidNote: "Süresi dolmuş olabilir. En son iletimizde yeni bir bağlantı bulunur.",
    confirmTitle: "Lütfen onaylayın",
    confirmLead: "Evet, sizden haber almak istiyorum:",
    confirmButton: "Onayla",
    confirmed: "Teşekkürler. Adresiniz onaylandı.",
    mailSubject: "Lütfen adresinizi onaylayın",
    mailLead: "Bizden haber almak istediniz. Lütfen onaylayın:",
    mailNote: "Bunu siz istemediyseniz bir şey yapmanız gerekmez: sizi bir daha rahatsız etmeyiz.",
  },
  id: {
    title: "Apa yang boleh kami kirim kepada Anda?",
    lead: "Centang hal yang ingin Anda terima. Anda dapat mengubahnya kapan saja.",
    all: "Penawaran dan kabar",
    channels: {
      email: "Email",
      sms: "SMS",
      whatsapp: "WhatsApp",
      push: "Notifikasi di ponsel",
      call: "Telepon",
      phone: "Telepon",
      letter: "Surat",
      ads: "Iklan untuk Anda di Meta dan Google",
      mail: "Surat",
      social: "Pesan media sosial",
    },
    reach: "Bagaimana dan kapan kami menghubungi Anda",
    bestChannel: "Cara terbaik menghubungi Anda",
    bestTime: "Waktu terbaik",
    noMatter: "Tidak ada pilihan khusus",
    times: { morning: "Pagi", midday: "Siang", evening: "Malam" },
    save: "Simpan",
    stopAll: "Jangan kirim penawaran atau kabar lagi",
    stopNote: "Anda tetap menerima pesan tentang pesanan Anda, misalnya struk.",
    saved: "Tersimpan. Terima kasih.",
    stopped: "Selesai. Kami tidak akan mengirim penawaran atau kabar lagi.",
    invalid: "Tautan ini tidak berlaku.",
    invalidNote: "Mungkin sudah terlalu lama. Pesan terbaru dari kami berisi tautan baru.",
    confirmTitle: "Mohon konfirmasi",
    confirmLead: "Ya, saya ingin menerima kabar dari Anda:",
    confirmButton: "Konfirmasi",
    confirmed: "Terima kasih. Alamat Anda telah dikonfirmasi.",
    mailSubject: "Mohon konfirmasi alamat Anda",
    mailLead: "Anda meminta kabar dari kami. Mohon konfirmasi:",
    mailNote: "Jika bukan Anda, abaikan saja: Anda tidak akan menerima apa pun lagi.",
  },
};

const ENGLISH = WORDS.en as Words;

export function wordsFor(language: string): Words {
  return WORDS[language.split("-")[0]?.toLowerCase() ?? ""] ?? ENGLISH;
}

/** The name for the reader's language, else English, else any. */
export function inLanguage(names: Readonly<Record<string, string>>, language: string): string {
  return names[language] ?? names[language.split("-")[0] ?? ""] ?? names.en ?? Object.values(names)[0] ?? "";
}
