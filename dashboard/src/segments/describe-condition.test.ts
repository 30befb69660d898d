import i18next from "i18next";
import { beforeAll, describe, expect, test } from "vitest";

import { en } from "../i18n/en.ts";
import { minorDigits } from "../i18n/format.ts";
import { id } from "../i18n/id.ts";
import { tr } from "../i18n/tr.ts";
import { describeCondition } from "./describe-condition.ts";
import type { Condition } from "./segment-tree.ts";
import { speakerOf } from "./sentences/speaker.ts";

const speakers = new Map<string, ReturnType<typeof speakerOf>>();
beforeAll(async () => {
  for (const [lng, translation] of Object.entries({ en, tr, id })) {
    const i18n = i18next.createInstance();
    await i18n.init({ lng, resources: { [lng]: { translation } }, interpolation: { escapeValue: false } });
    const names = new Map([
      ["s1", "Big spenders"],
      ["t1", "Welcome"],
      ["j1", "Onboarding"],
      ["store1", "Alsancak"],
    ]);
    speakers.set(
      lng,
      speakerOf(i18n, (_kind, which) => names.get(which)),
    );
  }
});

function say(condition: Condition, language = "en"): string {
  const speaker = speakers.get(language);
  if (!speaker) throw new Error(language);
  return describeCondition(condition, speaker);
}

const EVERY_KIND: readonly [Condition, string, string, string][] = [
  [
    { did: "Order Completed", count: { op: "gte", value: 3 }, within: "P30D", channel: "store" },
    "placed an order in a store at least 3 times in the last 30 days",
    "son 30 gün içinde mağazada en az 3 kez sipariş veren",
    "memesan di toko sedikitnya 3 kali dalam 30 hari terakhir",
  ],
  [
    { did: "Order Completed", count: { op: "eq", value: 0 }, during: "last_month" },
    "did not place an order last month",
    "geçen ay sipariş vermeyen",
    "tidak memesan bulan lalu",
  ],
  [
    {
      did: "Quiz Finished",
      where: [
        { property: "score", op: "gte", value: 50 },
        { property: "topic", op: "is", value: "wool" },
      ],
    },
    "did “Quiz Finished” (where score is at least 50 and topic is wool)",
    "“Quiz Finished” yapan (score en az 50 olan ve topic wool olan)",
    "melakukan “Quiz Finished” (dengan score sedikitnya 50 dan topic adalah wool)",
  ],
  [
    { did: "Order Completed", sum: { property: "revenue", op: "gte", value: 1500 }, within: "P90D" },
    "placed an order with revenue adding up to at least 1,500 in the last 90 days",
    "son 90 gün içinde sipariş veren ve bunlarda harcama tutarı toplamı en az 1.500 olan",
    "memesan dengan jumlah nilai belanja sedikitnya 1.500 dalam 90 hari terakhir",
  ],
  [
    { did: "Order Completed", last: { op: "not_within_last", value: "P60D" } },
    "last placed an order more than 60 days ago",
    "en son 60 gün veya daha uzun süre önce sipariş veren",
    "terakhir kali memesan lebih dari 60 hari yang lalu",
  ],
  [
    { did: "Product Added", not_followed_by: ["Order Completed"], for: "PT1H" },
    "put a product in the cart and then for 1 hour did not place an order",
    "sepete ürün ekleyen ve sonraki 1 saat boyunca sipariş vermeyen",
    "memasukkan produk ke keranjang lalu selama 1 jam tidak memesan",
  ],
  [
    { sequence: [{ did: "Product Viewed" }, { did: "Checkout Started", without: ["Order Completed"] }], within: "P7D" },
    "viewed a product, then (did not place an order in between) began to check out, all within 7 days",
    "7 gün içinde sırasıyla bir ürüne bakan, ardından (arada sipariş vermeyen) ödemeye başlayan",
    "melihat produk, lalu (di antaranya tidak memesan) mulai membayar, semuanya dalam 7 hari",
  ],
  [{ trait: "city", op: "is", value: "Izmir" }, "city is Izmir", "şehri Izmir olan", "kota adalah Izmir"],
  [
    { trait: "city", op: "in", value: ["Izmir", "Urla"] },
    "city is Izmir or Urla",
    "şehri Izmir veya Urla olan",
    "kota adalah Izmir atau Urla",
  ],
  [
    { trait: "birthday", op: "anniversary_within", value: "P7D" },
    "birthday comes round within the next 7 days",
    "doğum günü önümüzdeki 7 gün içinde yıl dönümüne gelen",
    "tanggal lahir berulang tahun dalam 7 hari mendatang",
  ],
  [
    { computed: "last_order_at", op: "during", value: { from: "2026-01-01", until: "2026-02-01" } },
    "last order falls from January 1, 2026 to January 31, 2026",
    "son siparişi 1 Ocak 2026 – 31 Ocak 2026 arasında olan",
    "pesanan terakhir jatuh dari 1 Januari 2026 sampai 31 Januari 2026",
  ],
  [
    { computed: "revenue", op: "gte", value: 150_000 },
    "revenue is at least 1,500",
    "harcama tutarı en az 1.500 olan",
    "nilai belanja sedikitnya 1.500",
  ],
  [
    { near: { store: "store1", km: 5 } },
    "lives within 5 km of “Alsancak”",
    "“Alsancak” noktasına en çok 5 km uzakta yaşayan",
    "tinggal paling jauh 5 km dari “Alsancak”",
  ],
  [
    { consent: "email", state: "granted" },
    "agreed to be contacted by e-mail",
    "e-posta ile iletişime izin veren",
    "setuju dihubungi lewat surel",
  ],
  [
    { in_segment: "s1" },
    "is in the segment “Big spenders”",
    "“Big spenders” segmentinde olan",
    "ada di segmen “Big spenders”",
  ],
  [
    { in_list: "gone" },
    "is on the list that is not there any more",
    "artık var olmayan bir listesinde olan",
    "ada di daftar yang sudah tidak ada",
  ],
  [
    { message: "opened", template: "t1", count: { op: "gte", value: 2 }, within: "P30D" },
    "opened the message “Welcome” at least 2 times in the last 30 days",
    "son 30 gün içinde en az 2 kez “Welcome” adlı mesajı açan",
    "membuka pesan “Welcome” sedikitnya 2 kali dalam 30 hari terakhir",
  ],
  [
    { in_journey: "j1", state: "active" },
    "is now on the journey “Onboarding”",
    "“Onboarding” yolculuğunda şu anda bulunan",
    "sedang berada di perjalanan “Onboarding”",
  ],
  [
    { in_experiment: { journey: "j1", node: "offer", arm: "A" } },
    "got variant “A” of the journey “Onboarding”",
    "“Onboarding” yolculuğunda “A” varyantını alan",
    "mendapat varian “A” dari perjalanan “Onboarding”",
  ],
  [
    { in_experiment: { broadcast: "gone" } },
    "got any variant of the broadcast that is not there any more",
    "artık var olmayan bir toplu gönderiminde herhangi bir varyantı alan",
    "mendapat varian apa pun dari siaran yang sudah tidak ada",
  ],
  [
    { random: { percent: 10, seed: "welcome" } },
    "is in a random 10% of all people (draw “welcome”)",
    "tüm kişiler arasından rastgele seçilen %10 içinde olan (“welcome” çekilişi)",
    "termasuk 10% orang yang dipilih acak (undian “welcome”)",
  ],
  [{ rfm: "champions" }, "is one of the champions", "şampiyonlar grubunda olan", "termasuk kelompok juara"],
  [
    { rfm: { recency: [5, 4], monetary: [1, 2, 3, 4, 5] } },
    "has the RFM scores recency 4/5",
    "RFM puanları yenilik 4/5 olan",
    "memiliki skor RFM kebaruan 4/5",
  ],
];

describe("every kind of condition is a sentence in every language, in its own order of words", () => {
  test.each(EVERY_KIND)("%j", (condition, english, turkish, indonesian) => {
    expect(say(condition)).toBe(english);
    expect(say(condition, "tr")).toBe(turkish);
    expect(say(condition, "id")).toBe(indonesian);
  });
});

test("money is said in the currency's own major units", () => {
  const rich: Condition = { computed: "revenue", op: "gte", value: 5000 };
  const speaker = speakers.get("en");
  if (!speaker) throw new Error("no English");
  const paidIn = (currency: string) => describeCondition(rich, { ...speaker, minorDigits: minorDigits(currency) });
  expect([paidIn("EUR"), paidIn("JPY"), paidIn("KWD")]).toEqual([
    "revenue is at least 50",
    "revenue is at least 5,000",
    "revenue is at least 5",
  ]);
});

test("groups are joined by and, or and not, with brackets where they nest", () => {
  const izmir: Condition = { trait: "city", op: "is", value: "Izmir" };
  expect(say({ all: [izmir, { any: [{ did: "A" }, { did: "B" }] }] })).toBe("city is Izmir and (did “A” or did “B”)");
  expect(say({ not: izmir })).toBe("not (city is Izmir)");
});

test("a kind that no sentence is known for is shown as it is", () => {
  expect(say({ moon: "full" })).toBe('{"moon":"full"}');
});
