import { useTranslation } from "react-i18next";

interface Told {
  readonly code?: string;
  readonly message: string;
  readonly value?: string | null;
  readonly limit?: number;
}

/** What is wrong with something that was written, in the reader's language where its code is known. */
export function useMistake(): (told: Told) => string {
  const { t, i18n } = useTranslation();
  return ({ code, message, value, limit }) => {
    const key = `composer.finding.${code}`;
    if (code === undefined || !i18n.exists(key)) return message;
    return (t as (key: string, given: object) => string)(key, { value: limit ?? value ?? "" });
  };
}
