import type { CartItem } from "@kilim/sdk";
import { useState } from "react";
import styles from "./lists.module.css";
import { useWords } from "./words.ts";

type Item = Pick<CartItem, "author" | "dimensions" | "chat_url" | "note">;

/** Who put it there, when it was not the reader's own hand alone. */
export function Author({ item: { author } }: { readonly item: Item }) {
  const { t } = useWords();
  if (author.kind === "shopper") return null;
  return (
    <span className="soft small">{t(`by.${author.kind}`, { name: author.name ?? t(`someone.${author.kind}`) })}</span>
  );
}

export function Measures({ item: { dimensions } }: { readonly item: Item }) {
  const { t, i18n } = useWords();
  const { width_mm, depth_mm, height_mm } = dimensions ?? {};
  const parts = [width_mm, depth_mm, height_mm].flatMap((mm) =>
    mm === undefined ? [] : [(mm / 10).toLocaleString(i18n.language)],
  );
  return parts.length === 0 ? null : <span className="soft small">{t("measures", { size: parts.join(" × ") })}</span>;
}

export function Chat({ item: { chat_url } }: { readonly item: Item }) {
  const { t } = useWords();
  if (!chat_url) return null;
  return (
    <a href={chat_url} className="link small" rel="noreferrer">
      {t("chat")}
    </a>
  );
}

interface NoteProps {
  readonly item: Item;
  readonly title: string;
  readonly onKeep: (note: string | null) => void;
}

/** Kept when the field is left; what somebody else has written meanwhile shows as soon as nobody is typing here. */
export function Note({ item, title, onKeep }: NoteProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const keep = () => {
    const note = typed?.trim() || null;
    if (typed !== null && note !== item.note) onKeep(note);
    setTyped(null);
  };
  return (
    <input
      className={styles.noteField}
      aria-label={t("noteFor", { title })}
      placeholder={t("note")}
      maxLength={1_000}
      value={typed ?? item.note ?? ""}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
    />
  );
}
