import i18next, { type Resource } from "i18next";
import { initReactI18next } from "react-i18next";

import { enFirst } from "./en-first.ts";

export const LANGUAGES = { en: "English", tr: "Türkçe", id: "Bahasa Indonesia" } as const;
export type Language = keyof typeof LANGUAGES;

const STORED = "kilim.language";

const loaders: Record<Exclude<Language, "en">, () => Promise<unknown>> = {
  tr: async () => (await import("./tr.ts")).tr,
  id: async () => (await import("./id.ts")).id,
};

function isLanguage(value: string | null | undefined): value is Language {
  return value !== null && value !== undefined && value in LANGUAGES;
}

function preferred(): Language {
  const stored = localStorage.getItem(STORED);
  if (isLanguage(stored)) return stored;
  return navigator.languages.map((tag) => tag.split("-")[0]).find(isLanguage) ?? "en";
}

export async function startI18n(): Promise<void> {
  const language = preferred();
  const resources: Resource = { en: { translation: enFirst } };
  await i18next.use(initReactI18next).init({
    resources,
    lng: "en",
    fallbackLng: "en",
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await speak(language);
}

/** Switches the screens to a language and remembers it on this device. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await speak(language);
}

async function speak(language: Language): Promise<void> {
  if (language !== "en" && !i18next.hasResourceBundle(language, "translation")) {
    i18next.addResourceBundle(language, "translation", await loaders[language]());
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** The English that the first screen does not need; other languages come whole. */
export async function loadRestOfEnglish(): Promise<void> {
  const { en } = await import("./en.ts");
  i18next.addResourceBundle("en", "translation", en, true, true);
}
