import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Fulfilment } from "../../../server/src/orders/contracts.ts";
import { useKilim } from "../kilim.tsx";

const WAITS: readonly Fulfilment["state"][] = ["assigned", "accepted", "ready"];

/** Who else may fetch what waits at a counter or in a locker: named, and written to if there is an address. */
export function Collectors({ fulfilments }: { readonly fulfilments: readonly Fulfilment[] }) {
  const waiting = fulfilments.filter(({ kind, state }) => kind !== "delivery" && WAITS.includes(state));
  return waiting.map((one) => <Collector key={one.id} fulfilment={one} />);
}

function Collector({ fulfilment }: { readonly fulfilment: Fulfilment }) {
  const { t } = useTranslation();
  const kilim = useKilim();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const say = useMutation({
    mutationFn: () =>
      kilim.ask("PUT", `/v1/shopper/fulfilments/${fulfilment.id}/collector`, {
        name: name.trim(),
        ...(email.trim() ? { email: email.trim() } : {}),
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["order"] }),
  });
  if (fulfilment.collector) return <p>{t("orders.collector", { name: fulfilment.collector.name })}</p>;
  return (
    <details>
      <summary>{t("orders.someoneElse")}</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          say.mutate();
        }}
      >
        <label className="field">
          {t("orders.collectorName")}
          <input
            name="collector"
            autoComplete="off"
            required
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label className="field">
          {t("orders.collectorEmail")}
          <input
            type="email"
            name="collector-email"
            autoComplete="off"
            maxLength={320}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </label>
        {say.isError && (
          <p className="error" role="alert">
            {t("orders.notDone")}
          </p>
        )}
        <button type="submit" className="button quiet" disabled={say.isPending}>
          {t("orders.collectorSay")}
        </button>
      </form>
    </details>
  );
}
