import { withoutLiquid } from "../liquid-tags.ts";
import type { WrittenOf } from "../written.ts";
import { type Checked, type Found, textsOf, warning } from "./check.ts";

/** Words that filters weigh against a mail, and readers too; by language, in small letters. */
const SPAM: Readonly<Record<string, readonly string[]>> = {
  en: [
    "act now",
    "100% free",
    "risk free",
    "risk-free",
    "no obligation",
    "winner",
    "you have been selected",
    "cash bonus",
    "click here",
    "double your",
    "earn money",
    "extra income",
    "guaranteed",
    "limited time only",
    "once in a lifetime",
    "urgent",
    "this is not spam",
    "miracle",
    "no catch",
    "free gift",
  ],
  tr: [
    "hemen tıkla",
    "buraya tıkla",
    "bedava",
    "kazandınız",
    "kaçırmayın",
    "acele edin",
    "son fırsat",
    "garantili",
    "ücretsiz para",
    "şok fiyat",
    "inanılmaz fırsat",
    "tebrikler kazandınız",
    "risksiz",
    "ek gelir",
    "mucize",
  ],
  id: [
    "klik di sini",
    "gratis 100%",
    "anda menang",
    "pemenang",
    "segera bertindak",
    "jangan lewatkan",
    "uang tunai",
    "tanpa risiko",
    "dijamin",
    "penawaran terbatas",
    "penghasilan tambahan",
    "kesempatan terakhir",
    "hadiah gratis",
    "ajaib",
  ],
};

const CONTENT_FIELDS = new Set([
  "subject",
  "preheader",
  "text",
  "html",
  "body",
  "title",
  "script",
  "heading",
  "mjml",
  "button",
]);

/** How what was written sounds to filters and people. */
export function checkWording(checked: Checked): Found[] {
  if (checked.channel === "webhook") return [];
  const { language, written } = checked;
  const words = SPAM[language.split("-")[0] ?? ""] ?? SPAM.en ?? [];
  const texts = textsOf(written).filter(({ field }) => CONTENT_FIELDS.has(field));
  const spam = texts.flatMap(({ path, text }) => {
    const small = withoutLiquid(text, " ")
      .replace(/<[^<>]*>/g, " ")
      .toLocaleLowerCase(language);
    return words
      .filter((word) => new RegExp(`(^|[^\\p{L}])${word.replaceAll("%", "%")}($|[^\\p{L}])`, "u").test(small))
      .map((word) => warning("spam_word", path, "Filters weigh these words against a message.", word));
  });
  const loud = texts
    .filter(({ text }) => /!{2,}|(\p{Lu}{4,}[\s!]+){3,}/u.test(withoutLiquid(text, " ")))
    .map(({ path }) => warning("shouting", path, "Capitals and exclamation marks look like spam."));
  return [
    ...spam,
    ...loud,
    ...(checked.channel === "email" ? checkSubject(written as WrittenOf<"email">, checked.purpose) : []),
  ];
}

function checkSubject({ subject, preheader }: WrittenOf<"email">, purpose: string): Found[] {
  const length = withoutLiquid(subject, "").trim().length;
  return [
    ...(length > 70
      ? [
          warning(
            "subject_long",
            "subject",
            `The subject has ${length} characters; phones show about 40.`,
            String(length),
          ),
        ]
      : []),
    ...(/^(re|fw|fwd|ynt|ilt)\s*:/i.test(subject)
      ? [warning("subject_feigned", "subject", "The subject pretends to be an answer.")]
      : []),
    ...(purpose === "marketing" && !preheader
      ? [
          warning(
            "preheader_missing",
            "preheader",
            "Inboxes show the first words of the mail after the subject; a preheader says better ones.",
          ),
        ]
      : []),
  ];
}
