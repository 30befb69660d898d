import type { JsonObject } from "../../platform/json.ts";
import type { Where } from "./diary.ts";
import type { Life } from "./life.ts";
import type { Person } from "./make-people.ts";
import { MINUTE } from "./rhythm.ts";

const WORDING = {
  en: "Yes, send me news and offers by e-mail. I can unsubscribe at any time.",
  tr: "Evet, yenilikleri ve fırsatları e-posta ile almak istiyorum. İstediğim zaman vazgeçebilirim.",
  id: "Ya, kirimi saya kabar dan penawaran lewat email. Saya bisa berhenti kapan saja.",
} as const;

/** The moment the shop learns a name: at sign-up on a device, or for a card at the till. */
export function join(life: Life, at: number, device: Where["device"]): void {
  const { person, random, diary } = life;
  const where: Where = device ? onDevice(device) : { channel: "store", touchpoint: "till", device: null };
  diary.identify(at, where, { ...traitsOf(person), created_at: new Date(at).toISOString() });
  const answer = random.next();
  const wantsMail = answer < 0.64 ? true : answer < 0.82 ? false : null;
  life.membership = { at, wantsMail };
  if (wantsMail === null) return;
  const state = wantsMail ? "granted" : "denied";
  const consent = { purpose: "marketing", state, wording: WORDING[person.language] };
  diary.track(at + MINUTE, where, "Consent Changed", {
    ...consent,
    channel: "email",
    source: device ? "sign-up form" : "loyalty card form",
  });
  if (person.phone !== null && random.chance(0.3)) {
    diary.track(at + MINUTE, where, "Consent Changed", { ...consent, channel: "sms", source: "sign-up form" });
  }
}

export function isSubscribed(life: Life): boolean {
  return life.membership?.wantsMail === true;
}

export function onDevice(device: NonNullable<Where["device"]>): Where {
  if (device.kind === "app") return { channel: "app", touchpoint: "app", device };
  return { channel: "web", touchpoint: device.kind === "phone" ? "mobile web" : "web shop", device };
}

/** What somebody tells of themselves in a form. */
export function traitsOf(person: Person): JsonObject {
  const optional = {
    last_name: person.lastName,
    phone: person.phone,
    birthday: person.birthday,
    loyalty_id: person.loyaltyId,
  };
  return {
    first_name: person.firstName,
    name: [person.firstName, person.lastName].filter(Boolean).join(" "),
    email: person.email,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null)),
    language: person.language,
    city: person.place.city,
    country: person.place.country,
    timezone: person.place.timezone,
  };
}
