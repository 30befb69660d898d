import { decimal, formatMoney, KilimError } from "@kilim/sdk";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShopper } from "../account/use-shopper.ts";
import { cartFacts } from "../cart/cart-facts.ts";
import { useCart } from "../cart/use-cart.ts";
import { colorName } from "../catalog/color-name.ts";
import { titleIn } from "../catalog/title-in.ts";
import { useKilim } from "../kilim.tsx";
import { usePage } from "../layout/use-page.ts";
import styles from "./checkout.module.css";

export function CheckoutPage() {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { cart } = useCart();
  const shopper = useShopper().data;
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  // One key per visit: pressing twice, or again after a lost answer, buys once.
  const [key] = useState(() => crypto.getRandomValues(new Uint32Array(4)).join("-"));
  usePage(t("checkout.title"));

  const hasStarted = useRef(false);
  useEffect(() => {
    if (!cart || cart.items.length === 0 || hasStarted.current) return;
    hasStarted.current = true;
    const value = decimal({ amount: cart.total, currency: cart.currency });
    kilim.track("Checkout Started", { ...cartFacts(cart), value, revenue: value });
  }, [kilim, cart]);

  const buy = useMutation({
    mutationFn: () => kilim.checkout({ payment: "test", ...(shopper ? {} : { email: email.trim() }) }, key),
    onSuccess(order) {
      if (!shopper && name.trim()) kilim.identify({ first_name: name.trim(), email: email.trim() });
      queries.setQueryData(["order", order.id], order);
      void queries.invalidateQueries({ queryKey: ["cart"] });
      void queries.invalidateQueries({ queryKey: ["orders"] });
      void navigate({ to: "/thank-you/$order", params: { order: order.id } });
    },
    onError: () => void queries.invalidateQueries({ queryKey: ["cart"] }),
  });

  if (!cart) return <div className="page" />;
  if (cart.items.length === 0 && !buy.isSuccess) {
    return (
      <div className="page narrow stack">
        <h1>{t("cart.empty")}</h1>
        <Link to="/" className="button">
          {t("cart.look")}
        </Link>
      </div>
    );
  }
  return (
    <div className="page">
      <h1>{t("checkout.title")}</h1>
      <div className={styles.checkout}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            buy.mutate();
          }}
        >
          {shopper ? (
            <p>{t("checkout.as", { email: shopper.email })}</p>
          ) : (
            <>
              <p className="soft">
                {t("checkout.guest")}{" "}
                <Link to="/account" className="link">
                  {t("account.signIn")}
                </Link>
              </p>
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
              <label className="field">
                {t("account.name")}
                <input
                  name="first_name"
                  autoComplete="given-name"
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
              </label>
            </>
          )}
          <section className={styles.payment}>
            <h2>{t("checkout.payment")}</h2>
            <p className="soft">{t("checkout.test")}</p>
          </section>
          {buy.isError && (
            <p className="error" role="alert">
              {buy.error instanceof KilimError && buy.error.status >= 400 && buy.error.status < 500
                ? buy.error.message
                : t("error.checkout")}
            </p>
          )}
          <button type="submit" className="button accent wide" disabled={buy.isPending}>
            {t("checkout.buy", {
              total: formatMoney({ amount: cart.total, currency: cart.currency }, i18n.language),
            })}
          </button>
        </form>
        <ul className={styles.lines}>
          {cart.items.map((item) => (
            <li key={item.variant_id} className={styles.line}>
              <img src={item.image_url} alt="" width="56" height="56" />
              <span>
                {titleIn(i18n.language, item)}
                <br />
                <span className="soft small">
                  {[item.color && colorName(t, item.color), item.size].filter(Boolean).join(" · ")} × {item.quantity}
                </span>
              </span>
              <span>
                {formatMoney(
                  { amount: item.price.amount * item.quantity, currency: item.price.currency },
                  i18n.language,
                )}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
