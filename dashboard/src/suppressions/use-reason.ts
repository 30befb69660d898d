import { useTranslation } from "react-i18next";

import { humanise } from "../i18n/label.ts";
import type { SuppressionView } from "./queries.ts";

/** Why nothing goes there, in the reader's language. */
export function useReason(): (suppression: SuppressionView) => string {
  const { t, i18n } = useTranslation();
  return ({ reason }) => {
    const key = `suppressions.reasons.${reason}`;
    return i18n.exists(key) ? (t as (key: string) => string)(key) : humanise(reason);
  };
}
