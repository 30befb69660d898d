import { useTranslation } from "react-i18next";

/** Why money went back or a part of an order ended: in the reader's language where it is our own word, else as staff wrote it. */
export function useReason(): (reason: string) => string {
  const { t } = useTranslation();
  return (reason) =>
    /^[a-z_ ]+$/.test(reason)
      ? t(`orderBook.reasons.${reason.replaceAll(" ", "_")}`, { defaultValue: reason })
      : reason;
}
