import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { LANGUAGES, type Language } from "../i18n.ts";
import en from "./locales/en.json" with { type: "json" };

const LOADERS: Record<Exclude<Language, "en">, () => Promise<{ default: object }>> = {
  tr: () => import("./locales/tr.json"),
  id: () => import("./locales/id.json"),
};

/** The tablet's own language; a person's choice lasts as long as her page, and is kept nowhere. */
export async function startWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  const wished = navigator.languages.map((tag) => tag.slice(0, 2));
  const known = wished.map((tag) => LANGUAGES.find((language) => language === tag)).find(Boolean);
  await speak(known ?? "en");
}

export async function speak(language: Language): Promise<void> {
  if (language !== "en" && !i18next.hasResourceBundle(language, "translation")) {
    i18next.addResourceBundle(language, "translation", (await LOADERS[language]()).default);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
