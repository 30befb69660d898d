import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import en from "./locales/en.json" with { type: "json" };

export const LANGUAGES = ["en", "tr", "id"] as const;
export type Language = (typeof LANGUAGES)[number];

const CHOICE = "dokuma:language";

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
  await changeLanguage(chosenLanguage());
}

export async function changeLanguage(language: Language): Promise<void> {
  if (language !== "en" && !i18next.hasResourceBundle(language, "translation")) {
    i18next.addResourceBundle(language, "translation", (await LOADERS[language]()).default);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(CHOICE, language);
  } catch {
    // The browser refuses storage; the choice lasts as long as the page.
  }
}

function chosenLanguage(): Language {
  const wished = [readChoice(), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  // Older browsers still call Indonesian by its former code.
  const known = wished.map((tag) => (tag === "in" ? "id" : tag)).find((tag) => LANGUAGES.some((own) => own === tag));
  return (known as Language | undefined) ?? "en";
}

function readChoice(): string | null {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null;
  }
}
