import { useTranslation } from "react-i18next";

import { humanise } from "../i18n/label.ts";

/** Words for channels, settings and secrets, which the api names in codes. */
export function useChannelWords() {
  const { t, i18n } = useTranslation();
  const find = (family: "channel" | "field", name: string) => {
    const key = `channels.${family}.${name}`;
    return i18n.exists(key) ? (t as (key: string) => string)(key) : humanise(name);
  };
  return { channel: (name: string) => find("channel", name), field: (name: string) => find("field", name) };
}
