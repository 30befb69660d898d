import { decimal, formatMoney, KilimError } from "@kilim/sdk";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShopper } from "../account/use-shopper.ts";
import { cartFacts } from "../cart/cart-facts.ts";
import { useCart } from "../cart/use-cart.ts";
import { useKilim } from "../kilim.tsx";
import { usePage } from "../layout/use-page.ts";
import { refusal } from "../refusal.ts";
import { AddressFields, NO_ADDRESS } from "./address-fields.tsx";
import styles from "./checkout.module.css";
import { DeliveryChoice, type Way } from "./delivery-choice.tsx";
import { Sum, useShipping } from "./sum.tsx";

const newKey = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

export function CheckoutPage() {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { cart } = useCart();
  const shopper = useShopper().data;
  const [email, setEmail] = useState("");
  const [way, setWay] = useState<Way>({ kind: "delivery" });
  const [address, setAddress] = useState(NO_ADDRESS);
  // Pressing twice, or again after a lost answer, buys once. What was refused is over: what she tries next is new.
  const [key, setKey] = useState(newKey);
  const isDelivered = way.kind === "delivery";
  const shipping = useShipping(cart, isDelivered ? address.country : null);
  usePage(t("checkout.title"));

  const hasStarted = useRef(false);
  useEffect(() => {
    if (!cart || cart.items.length === 0 || hasStarted.current) return;
    hasStarted.current = true;
    const value = decimal({ amount: cart.total, currency: cart.currency });
    kilim.track("Checkout Started", { ...cartFacts(cart), value, revenue: value });
  }, [kilim, cart]);

  const buy = useMutation({
    mutationFn: () => {
      const { postal_code, ...told } = address;
      return kilim.checkout(
        {
          payment: "test",
          language: i18n.language,
          ...(shopper ? {} : { email: email.trim() }),
          ...(way.kind !== "delivery" && way.store_id !== null
            ? { deliveries: [{ kind: way.kind, store_id: way.store_id }] }
            : { address: { ...told, ...(postal_code.trim() ? { postal_code } : {}) } }),
        },
        key,
      );
    },
    onSuccess(order) {
      if (!shopper) kilim.identify({ email: email.trim(), ...(isDelivered ? { name: address.name.trim() } : {}) });
      queries.setQueryData(["placed", order.id], order);
      for (const queryKey of [["cart"], ["orders"]]) void queries.invalidateQueries({ queryKey });
      void navigate({ to: "/thank-you/$order", params: { order: order.id } });
    },
    onError(error) {
      if (error instanceof KilimError && error.status >= 400 && error.status < 500) setKey(newKey());
      for (const queryKey of [["cart"], ["availability"]]) void queries.invalidateQueries({ queryKey });
    },
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
            </>
          )}
          <DeliveryChoice lines={cart.items} way={way} onChoose={setWay} />
          {isDelivered && <AddressFields address={address} onChange={setAddress} />}
          <section className={styles.payment}>
            <h2>{t("checkout.payment")}</h2>
            <p className="soft">{t("checkout.test")}</p>
          </section>
          {buy.isError && (
            <p className="error" role="alert">
              {refusal(t, buy.error, t("error.checkout"))}
            </p>
          )}
          <button type="submit" className="button accent wide" disabled={buy.isPending}>
            {t("checkout.buy", {
              total: formatMoney(
                { amount: cart.total + (shipping?.amount ?? 0), currency: cart.currency },
                i18n.language,
              ),
            })}
          </button>
        </form>
        <Sum cart={cart} shipping={shipping} />
      </div>
    </div>
  );
}
