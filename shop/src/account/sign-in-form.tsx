import { KilimError } from "@kilim/sdk";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useKilim } from "../kilim.tsx";

/** Sign-in by a code from the mail: nothing to remember, and it proves that the address is hers. */
export function SignInForm({ onDone }: { readonly onDone?: () => void }) {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const queries = useQueryClient();
  const [email, setEmail] = useState("");
  const [code, setCode] = useState("");
  const [wantsNews, setWantsNews] = useState(false);
  // What was typed is handed over: what a mutation closes over is as old as its last effect, and Enter may come before that.
  const send = useMutation({ mutationFn: (to: string) => kilim.shopper.signIn(to, i18n.language) });
  const verify = useMutation({
    mutationFn: (told: { readonly email: string; readonly code: string }) =>
      kilim.shopper.verify(told.email, told.code),
    onSuccess(shopper) {
      queries.setQueryData(["shopper"], shopper);
      // Everything else was this device's alone until now.
      void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "shopper" });
      kilim.identify({ language: i18n.language });
      if (wantsNews) {
        kilim.track("Consent Changed", {
          channel: "email",
          purpose: "marketing",
          state: "granted",
          wording: t("account.newsletter"),
          source: "shop sign-in",
        });
      }
      onDone?.();
    },
  });

  if (!send.isSuccess) {
    return (
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate(email.trim());
        }}
      >
        <label className="field">
          {t("account.email")}
          <input
            type="email"
            name="email"
            autoComplete="email"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </label>
        <label className="check">
          <input
            type="checkbox"
            name="newsletter"
            checked={wantsNews}
            onChange={(event) => setWantsNews(event.target.checked)}
          />
          <span>{t("account.newsletter")}</span>
        </label>
        {send.isError && <Refusal error={send.error} />}
        <button type="submit" className="button wide" disabled={send.isPending}>
          {t("account.sendCode")}
        </button>
      </form>
    );
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        verify.mutate({ email: email.trim(), code: code.trim() });
      }}
    >
      <p role="status">{t("account.sent", { email: email.trim() })}</p>
      <label className="field">
        {t("account.code")}
        <input
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </label>
      {verify.isError && <Refusal error={verify.error} />}
      <button type="submit" className="button wide" disabled={verify.isPending}>
        {t("account.verify")}
      </button>
      <p>
        <button type="button" className="link" onClick={() => send.reset()}>
          {t("account.otherEmail")}
        </button>
      </p>
    </form>
  );
}

function Refusal({ error }: { readonly error: Error }) {
  const { t } = useTranslation();
  const status = error instanceof KilimError ? error.status : 0;
  const text =
    status === 429 ? t("error.tooMany") : status >= 400 && status < 500 ? t("account.wrong") : t("error.load");
  return (
    <p className="error" role="alert">
      {text}
    </p>
  );
}
