import { look } from "./clicks.ts";
import type { Where } from "./diary.ts";
import { onDevice } from "./join.ts";
import type { Life } from "./life.ts";
import { DAY, HOUR, MINUTE } from "./rhythm.ts";
import { choose } from "./taste.ts";

const SUBJECTS = {
  en: [
    "The new season is here",
    "Last sizes in the sale",
    "Rooms we love",
    "Gifts under 50",
    "Your weekend edit",
    "Made to be worn",
  ],
  tr: [
    "Yeni sezon geldi",
    "İndirimde son bedenler",
    "Sevdiğimiz odalar",
    "50'nin altında hediyeler",
    "Hafta sonu seçkisi",
    "Giymek için yapıldı",
  ],
  id: [
    "Musim baru telah tiba",
    "Ukuran terakhir di obral",
    "Ruang yang kami suka",
    "Hadiah di bawah 50",
    "Pilihan akhir pekan",
    "Dibuat untuk dipakai",
  ],
} as const;

const LETTERS = 6;
const MAIL: Where = { channel: "email", touchpoint: "newsletter", device: null };

/** Six letters a year to those who asked for them: some open one, fewer click, a few have had enough. */
export function readNewsletters(life: Life, from: number, until: number): void {
  const { random, diary, person, membership } = life;
  if (person.userId === null || membership === null) return;
  const interest = random.next();
  for (let n = 0; n < LETTERS; n++) {
    const sentAt = from + ((n + 0.6) / LETTERS) * (until - from) + random.next() * 20 * MINUTE;
    if (sentAt < membership.at) continue;
    const letter = {
      message_id: `newsletter-${n + 1}-${person.index}`,
      subject: SUBJECTS[person.language][n] ?? "",
      campaign: `newsletter-${n + 1}`,
    };
    diary.track(sentAt, MAIL, "Email Sent", letter);
    if (!random.chance(0.12 + 0.5 * interest)) continue;
    const openedAt = sentAt + Math.min(4 * DAY, random.logNormal(Math.log(3 * HOUR), 1.2));
    diary.track(openedAt, MAIL, "Email Opened", letter);
    if (random.chance(0.05)) {
      diary.track(openedAt + MINUTE, MAIL, "Consent Changed", {
        channel: "email",
        purpose: "marketing",
        state: "denied",
        source: "unsubscribe link",
      });
      return;
    }
    if (random.chance(0.2)) follow(life, openedAt + MINUTE, letter);
  }
}

/** A click leads to the shop, on the first device that knows them. */
function follow(life: Life, at: number, letter: { readonly message_id: string; readonly campaign: string }): void {
  const choice = choose(life.random, life.shop, life.taste);
  life.diary.track(at, MAIL, "Email Clicked", { ...letter, url: `https://shop.example/products/${choice.product.id}` });
  const device = life.devices.find((candidate) => candidate.isKnown);
  if (!device) return;
  const campaign = { source: "newsletter", medium: "email", name: letter.campaign };
  look(life, { at: at + 5_000 }, { ...onDevice(device), campaign }, choice);
}
