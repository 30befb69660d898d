import { useTranslation } from "react-i18next";

/** Why money went back or a part of an order ended: in the reader's language where it is our own word, else as staff wrote it. */
export function useReason(): (reason: string) => string {
  const { t, i18n } = useTranslation();
  return (reason) => {
    const key = `orderBook.reasons.${reason.replaceAll(" ", "_")}`;
    return /^[a-z_ ]+$/.test(reason) && i18n.exists(key) ? (t as (key: string) => string)(key) : reason;
  };
}
