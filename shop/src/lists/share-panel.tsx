import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useKilim } from "../kilim.tsx";
import { refusal } from "../refusal.ts";
import { closeShare, loadShares, makeShare } from "./api.ts";
import styles from "./lists.module.css";
import { useWords } from "./words.ts";

const DAYS = [1, 7, 30, 365] as const;

/** A link, or a mail with one, that reads or edits until a day; and the links that are open. */
export function SharePanel({ listId }: { readonly listId: string }) {
  const { t, i18n } = useWords();
  const kilim = useKilim();
  const queries = useQueryClient();
  const [right, setRight] = useState<"read" | "edit">("read");
  const [days, setDays] = useState<number>(30);
  const [email, setEmail] = useState("");
  const shares = useQuery({ queryKey: ["shares", listId], queryFn: () => loadShares(kilim, listId) });
  const again = () => queries.invalidateQueries({ queryKey: ["shares", listId] });
  const make = useMutation({
    mutationFn: () => {
      const to = email.trim() ? { email: email.trim(), language: i18n.language } : {};
      return makeShare(kilim, listId, { right, days, ...to });
    },
    onSuccess: async () => {
      setEmail("");
      await again();
    },
  });
  const close = useMutation({ mutationFn: (id: string) => closeShare(kilim, listId, id), onSettled: again });
  return (
    <section className={styles.panel}>
      <h2>{t("share.title")}</h2>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <label className="field">
          {t("share.right")}
          <select value={right} onChange={(event) => setRight(event.target.value === "edit" ? "edit" : "read")}>
            <option value="read">{t("share.read")}</option>
            <option value="edit">{t("share.edit")}</option>
          </select>
        </label>
        <label className="field">
          {t("share.until")}
          <select value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {DAYS.map((each) => (
              <option key={each} value={each}>
                {t("share.days", { count: each })}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {t("share.email")}
          <input name="share-email" type="email" value={email} onChange={(event) => setEmail(event.target.value)} />
        </label>
        <button type="submit" className="button" disabled={make.isPending}>
          {email.trim() ? t("share.mail") : t("share.make")}
        </button>
      </form>
      {make.isError && (
        <p className="error" role="alert">
          {refusal(t, make.error, t("orders.notDone"))}
        </p>
      )}
      {make.data && <Made url={make.data.url} />}
      <ul className={styles.shares}>
        {shares.data?.items
          .filter((share) => share.right !== "claim")
          .map((share) => (
            <li key={share.id}>
              <span>
                {t(share.is_mailed ? "share.mailed" : "share.link")}, {t(`share.${share.right}`).toLowerCase()}
                <br />
                <span className="soft small">
                  {t("share.ends", { day: new Date(share.expires_at).toLocaleDateString(i18n.language) })}
                </span>
              </span>
              <button type="button" className="link" disabled={close.isPending} onClick={() => close.mutate(share.id)}>
                {t("share.close")}
              </button>
            </li>
          ))}
      </ul>
    </section>
  );
}

/** The link is told once; afterwards there is only a new one. */
function Made({ url }: { readonly url: string | null }) {
  const { t } = useWords();
  const [isCopied, setCopied] = useState(false);
  if (url === null) return <p role="status">{t("share.sent")}</p>;
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    setCopied(true);
  };
  return (
    <div className={styles.made}>
      <input readOnly value={url} aria-label={t("share.link")} onFocus={(event) => event.target.select()} />
      <button type="button" className="button quiet" onClick={() => void copy()}>
        {isCopied ? t("share.copied") : t("share.copy")}
      </button>
    </div>
  );
}
