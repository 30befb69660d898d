import { useTranslation } from "react-i18next";

interface Reason {
  readonly code: string | null;
  readonly reason: string | null;
  readonly remedy?: string | null;
}

interface Said {
  readonly title: string;
  readonly remedy: string | null;
}

/** Why something was refused and what to do, in the reader's language; what the catalogue does not know as the api says it. */
export function useReason(): (of: Reason) => Said {
  const { t, i18n } = useTranslation();
  const say = (key: string): string | null => (i18n.exists(key) ? (t as (key: string) => string)(key) : null);
  return ({ code, reason, remedy = null }) => ({
    title: say(`events.code.${code}`) ?? reason ?? code ?? "",
    remedy: say(`events.mend.${code}`) ?? remedy,
  });
}
