import { useTranslation } from "react-i18next";

type Family = "channel" | "message_status" | "message_reason" | "journey_status" | "exit_reason" | "event" | "role";

/** `cart_items` → `Cart items`: what is shown for a word the catalogue does not know. */
export function humanise(word: string): string {
  const spaced = word.replaceAll(/[_-]+/g, " ").trim();
  return spaced === "" ? word : spaced[0]?.toUpperCase() + spaced.slice(1);
}

/** The shown name of a word that comes from the api (a channel, a status, a reason, an event). */
export function useLabel(): (family: Family, word: string) => string {
  const { t, i18n } = useTranslation();
  return (family, word) => {
    const key = `label.${family}.${word.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_")}`;
    if (!i18n.exists(key)) return family === "event" ? word : humanise(word);
    return (t as (key: string) => string)(key);
  };
}
