import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import en from "./locales/en.json" with { type: "json" };

export const LANGUAGES = ["en", "tr", "id"] as const;
export type Language = (typeof LANGUAGES)[number];
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", tr: "Türkçe", id: "Bahasa Indonesia" };

const CHOICE = "kilim-store:language";

/** English comes with the page; the other languages load when somebody reads them. */
const LOADERS: Record<Exclude<Language, "en">, () => Promise<{ default: object }>> = {
  tr: () => import("./locales/tr.json"),
  id: () => import("./locales/id.json"),
};

export async function startLanguages(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  const wished = [localStorage.getItem(CHOICE), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  const known = LANGUAGES.find((language) => language === wished.find((tag) => LANGUAGES.some((own) => own === tag)));
  await changeLanguage(known ?? "en");
}

export async function changeLanguage(language: Language): Promise<void> {
  if (language !== "en" && !i18next.hasResourceBundle(language, "translation")) {
    i18next.addResourceBundle(language, "translation", (await LOADERS[language]()).default);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(CHOICE, language);
}
