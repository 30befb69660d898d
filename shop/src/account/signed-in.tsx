import type { Shopper } from "@kilim/sdk";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useKilim } from "../kilim.tsx";
import { CheckIcon } from "../layout/icons.tsx";
import { refusal } from "../refusal.ts";
import styles from "./account.module.css";

export function SignedIn({ shopper }: { readonly shopper: Shopper }) {
  const { t } = useTranslation();
  const kilim = useKilim();
  const queries = useQueryClient();
  const signOut = async () => {
    await kilim.shopper.signOut();
    queries.setQueryData(["shopper"], null);
    queries.removeQueries({ queryKey: ["orders"] });
    await queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "shopper" });
  };
  return (
    <>
      <header className={styles.head}>
        <div>
          <h1>{shopper.first_name ? t("home.hello", { name: shopper.first_name }) : t("account.hello")}</h1>
          <p className="soft">{shopper.email}</p>
        </div>
        <button type="button" className="button quiet" onClick={() => void signOut()}>
          {t("account.signOut")}
        </button>
      </header>
      <div className={styles.cards}>
        <NameForm shopper={shopper} />
        <Newsletter />
      </div>
    </>
  );
}

function NameForm({ shopper }: { readonly shopper: Shopper }) {
  const { t } = useTranslation();
  const kilim = useKilim();
  const queries = useQueryClient();
  const [name, setName] = useState(shopper.first_name ?? "");
  const save = useMutation({
    mutationFn: (told: string) => kilim.shopper.save({ first_name: told }),
    onSuccess: (_, told) => queries.setQueryData(["shopper"], { ...shopper, first_name: told }),
  });
  return (
    <form
      className={styles.card}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(name.trim());
      }}
    >
      <label className="field">
        {t("account.name")}
        <input
          name="first_name"
          autoComplete="given-name"
          required
          maxLength={100}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            save.reset();
          }}
        />
      </label>
      {save.isError && (
        <p className="error" role="alert">
          {refusal(t, save.error, t("orders.notDone"))}
        </p>
      )}
      <button type="submit" className="button quiet" disabled={save.isPending}>
        {t("account.save")}
      </button>
      <Saved isShown={save.isSuccess} />
    </form>
  );
}

/** Not a switch showing a state: the shop only passes the choice on, with the words that were read. */
function Newsletter() {
  const { t } = useTranslation();
  const kilim = useKilim();
  const [isSaved, setSaved] = useState(false);
  const choose = (state: "granted" | "denied") => {
    kilim.track("Consent Changed", {
      channel: "email",
      purpose: "marketing",
      state,
      wording: t("account.newsletter"),
      source: "shop account",
    });
    setSaved(true);
  };
  return (
    <section className={styles.card}>
      <h2>{t("account.news")}</h2>
      <p className="soft">{t("account.newsletter")}</p>
      <div className={styles.choices}>
        <button type="button" className="button quiet" onClick={() => choose("granted")}>
          {t("account.subscribe")}
        </button>
        <button type="button" className="button quiet" onClick={() => choose("denied")}>
          {t("account.unsubscribe")}
        </button>
      </div>
      <Saved isShown={isSaved} />
    </section>
  );
}

function Saved({ isShown }: { readonly isShown: boolean }) {
  const { t } = useTranslation();
  return (
    <p role="status" className={styles.saved}>
      {isShown && (
        <>
          <CheckIcon /> {t("account.saved")}
        </>
      )}
    </p>
  );
}
