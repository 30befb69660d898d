import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Order, Returnable, ReturnReason } from "../../../server/src/orders/contracts.ts";
import { useKilim } from "../kilim.tsx";
import styles from "./orders.module.css";
import { titleAt } from "./title-at.ts";

const REASONS = [
  "too_small",
  "too_large",
  "not_as_shown",
  "damaged",
  "changed_mind",
  "other",
] as const satisfies readonly ReturnReason[];

interface Picked {
  readonly quantity: number;
  readonly reason: ReturnReason | "";
}
const NOTHING: Picked = { quantity: 0, reason: "" };

interface AnnounceReturnProps {
  readonly order: Order;
  /** What may still go back and is not announced yet. */
  readonly left: Returnable["items"];
}

/** Lines, how many of each and why: never more than may go back, in its time. */
export function AnnounceReturn({ order, left }: AnnounceReturnProps) {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const queries = useQueryClient();
  const [picked, setPicked] = useState<Readonly<Record<number, Picked>>>({});
  // Told again after a lost answer it is one announcement; another choice is another one.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const pick = (position: number, change: Partial<Picked>) => {
    setPicked((before) => ({ ...before, [position]: { ...NOTHING, ...before[position], ...change } }));
    setKey(crypto.randomUUID());
  };
  const lines = left.flatMap(({ position, quantity: most, is_over: isOver }) => {
    const { quantity, reason } = picked[position] ?? NOTHING;
    return quantity > 0 && !isOver ? [{ position, quantity: Math.min(quantity, most), reason }] : [];
  });
  const announce = useMutation({
    mutationFn: () =>
      kilim.ask("POST", `/v1/shopper/orders/${order.id}/returns`, { lines }, { "idempotency-key": key }),
    onSuccess: () => {
      setPicked({});
      setKey(crypto.randomUUID());
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["order", order.id] }),
  });
  // The day ends where the goods were handed over: with its hour it is right in every zone.
  const end = new Intl.DateTimeFormat(i18n.language, { dateStyle: "long", timeStyle: "short" });
  return (
    <details>
      <summary>{t("returns.announce")}</summary>
      <form
        className={`stack ${styles.announce}`}
        onSubmit={(event) => {
          event.preventDefault();
          announce.mutate();
        }}
      >
        {left.map(({ position, quantity, until, is_over: isOver }) => {
          const title = titleAt(order, position, i18n.language);
          const now = picked[position] ?? NOTHING;
          return (
            <fieldset key={position} className={styles.pick}>
              <legend>{title}</legend>
              {until && (
                <p className="soft small">
                  {t(isOver ? "returns.over" : "returns.until", { day: end.format(new Date(until)) })}
                </p>
              )}
              {!isOver && (
                <label className="field">
                  {t("returns.quantity")}
                  <select
                    name={`quantity-${position}`}
                    value={Math.min(now.quantity, quantity)}
                    onChange={(event) => pick(position, { quantity: Number(event.target.value) })}
                  >
                    {Array.from({ length: quantity + 1 }, (_, count) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the number is the choice
                      <option key={count} value={count}>
                        {count}
                      </option>
                    ))}
                  </select>
                </label>
              )}
              {now.quantity > 0 && !isOver && (
                <label className="field">
                  {t("returns.why")}
                  <select
                    name={`reason-${position}`}
                    required
                    value={now.reason}
                    onChange={(event) => pick(position, { reason: event.target.value as ReturnReason | "" })}
                  >
                    <option value="">{t("returns.choose")}</option>
                    {REASONS.map((reason) => (
                      <option key={reason} value={reason}>
                        {t(`returns.reason.${reason}`)}
                      </option>
                    ))}
                  </select>
                </label>
              )}
            </fieldset>
          );
        })}
        {announce.isError && (
          <p className="error" role="alert">
            {t("orders.notDone")}
          </p>
        )}
        <button type="submit" className="button quiet" disabled={lines.length === 0 || announce.isPending}>
          {t("returns.send")}
        </button>
      </form>
    </details>
  );
}
