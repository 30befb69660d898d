import { useTranslation } from "react-i18next";

import { humanise } from "../i18n/label.ts";

export const BUILT_IN = ["user_id", "loyalty_id", "email", "phone", "device_id", "anonymous_id"] as const;

export function isBuiltIn(type: string): type is (typeof BUILT_IN)[number] {
  return (BUILT_IN as readonly string[]).includes(type);
}

/** What a kind of identifier is called; one of the retailer's own is called by its word. */
export function useTypeName(): (type: string) => string {
  const { t } = useTranslation();
  return (type) => (isBuiltIn(type) ? t(`identity.name.${type}`) : humanise(type));
}
