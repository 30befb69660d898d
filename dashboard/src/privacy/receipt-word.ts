import { useTranslation } from "react-i18next";

import { humanise } from "../i18n/label.ts";

/** How a store of the receipt, or a kind of row in it, is called; what the catalogue does not know by its own word. */
export function useReceiptWord(): (family: "stores" | "kinds", word: string) => string {
  const { t, i18n } = useTranslation();
  return (family, word) => {
    const key = `privacy.${family}.${word}`;
    return i18n.exists(key) ? (t as (key: string) => string)(key) : humanise(word);
  };
}
