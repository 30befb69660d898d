import i18next from "i18next";
import { useTranslation } from "react-i18next";
import en from "./locales/en.json" with { type: "json" };
import id from "./locales/id.json" with { type: "json" };
import tr from "./locales/tr.json" with { type: "json" };

const ROOM = "lists";
for (const [language, words] of Object.entries({ en, tr, id })) i18next.addResourceBundle(language, ROOM, words);

/** The words of the lists come with their pages: the first page of the shop does without them. */
export function useWords() {
  return useTranslation([ROOM, "translation"]);
}
