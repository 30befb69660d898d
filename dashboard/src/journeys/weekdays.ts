import { useTranslation } from "react-i18next";

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** Monday first; the names are the browser's. */
export function useWeekdays(): readonly { readonly value: string; readonly label: string }[] {
  const { i18n } = useTranslation();
  const name = new Intl.DateTimeFormat(i18n.language, { weekday: "short", timeZone: "UTC" });
  // 5 January 2026 was a Monday.
  return DAYS.map((day) => ({ value: String(day), label: name.format(new Date(Date.UTC(2026, 0, 4 + day))) }));
}
