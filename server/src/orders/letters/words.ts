/** What receipts and letters about an order say, in the buyer's language. */
export interface Words {
  readonly receipt: string;
  readonly thanks: string;
  readonly item: string;
  readonly total: string;
  readonly discount: string;
  readonly shipping: string;
  readonly tax: string;
  readonly refunded: string;
  readonly paid: string;
  readonly returned: string;
  readonly scan: string;
  readonly download: string;
  readonly tenders: Readonly<Record<string, string>>;
  readonly readySubject: string;
  readonly ready: string;
  readonly reminderSubject: string;
  readonly reminder: string;
  readonly collector: string;
  readonly code: string;
  readonly until: string;
  readonly compartment: string;
  readonly day: string;
  readonly till: string;
}

const en: Words = {
  receipt: "Receipt {number}",
  thanks: "Thank you for your purchase.",
  item: "Item",
  total: "Total",
  discount: "Discount",
  shipping: "Delivery",
  tax: "Tax included",
  refunded: "Given back",
  paid: "Paid",
  returned: "{n} returned",
  scan: "Bring this code to any of our stores to return something.",
  download: "Receipt as PDF",
  tenders: { cash: "Cash", card: "Card", gift_card: "Gift card", stripe: "Card", test: "Test payment" },
  readySubject: "Your order {number} is ready",
  ready: "Your order {number} is ready for you at {place}.",
  reminderSubject: "Your order {number} is waiting for you",
  reminder: "Your order {number} is still waiting for you at {place}.",
  collector: "You may fetch order {number} at {place}.",
  code: "Show this code:",
  until: "It is kept until {time}.",
  compartment: "Locker compartment: {compartment}",
  day: "Business day {day}",
  till: "till {till}",
};

const tr: Words = {
  receipt: "Fiş {number}",
  thanks: "Alışverişiniz için teşekkür ederiz.",
  item: "Ürün",
  total: "Toplam",
  discount: "İndirim",
  shipping: "Teslimat",
  tax: "Dahil olan vergi",
  refunded: "İade edilen",
  paid: "Ödenen",
  returned: "{n} adet iade edildi",
  scan: "İade için bu kodu herhangi bir mağazamıza getirin.",
  download: "Fişi PDF olarak indir",
  tenders: { cash: "Nakit", card: "Kart", gift_card: "Hediye kartı", stripe: "Kart", test: "Deneme ödemesi" },
  readySubject: "{number} numaralı siparişiniz hazır",
  ready: "{number} numaralı siparişiniz {place} mağazasında sizi bekliyor.",
  reminderSubject: "{number} numaralı siparişiniz sizi bekliyor",
  reminder: "{number} numaralı siparişiniz hâlâ {place} mağazasında sizi bekliyor.",
  collector: "{number} numaralı siparişi {place} mağazasından teslim alabilirsiniz.",
  code: "Bu kodu gösterin:",
  until: "{time} tarihine kadar saklanır.",
  compartment: "Dolap bölmesi: {compartment}",
  day: "İş günü {day}",
  till: "kasa {till}",
};

const id: Words = {
  receipt: "Struk {number}",
  thanks: "Terima kasih atas pembelian Anda.",
  item: "Barang",
  total: "Total",
  discount: "Diskon",
  shipping: "Pengiriman",
  tax: "Termasuk pajak",
  refunded: "Dikembalikan",
  paid: "Dibayar",
  returned: "{n} dikembalikan",
  scan: "Bawa kode ini ke toko kami mana pun untuk mengembalikan barang.",
  download: "Struk sebagai PDF",
  tenders: { cash: "Tunai", card: "Kartu", gift_card: "Kartu hadiah", stripe: "Kartu", test: "Pembayaran uji" },
  readySubject: "Pesanan {number} Anda sudah siap",
  ready: "Pesanan {number} Anda sudah siap di {place}.",
  reminderSubject: "Pesanan {number} menunggu Anda",
  reminder: "Pesanan {number} Anda masih menunggu di {place}.",
  collector: "Anda dapat mengambil pesanan {number} di {place}.",
  code: "Tunjukkan kode ini:",
  until: "Disimpan sampai {time}.",
  compartment: "Loker: {compartment}",
  day: "Hari usaha {day}",
  till: "kasir {till}",
};

export const LANGUAGES = ["en", "tr", "id"] as const;
export type Language = (typeof LANGUAGES)[number];
const ALL: Readonly<Record<Language, Words>> = { en, tr, id };

export function languageOf(text: string | null | undefined): Language {
  return LANGUAGES.find((language) => language === text?.slice(0, 2)) ?? "en";
}

export function wordsIn(language: Language): Words {
  return ALL[language];
}

export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
