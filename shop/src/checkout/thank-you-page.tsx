import { formatMoney } from "@kilim/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Order } from "../../../server/src/orders/contracts.ts";
import { useSignedIn } from "../account/use-shopper.ts";
import { usePage } from "../layout/use-page.ts";
import { useReadyText } from "../orders/use-ready-text.ts";

export function ThankYouPage() {
  const { t, i18n } = useTranslation();
  const { order: id } = useParams({ from: "/thank-you/$order" });
  const order = useQueryClient().getQueryData<Order>(["placed", id]);
  const isSignedIn = useSignedIn();
  const ready = useReadyText(order?.fulfilments ?? []);
  usePage(t("checkout.thanks"));
  return (
    <div className="page narrow stack" data-testid="thank-you">
      <h1>{t("checkout.thanks")}</h1>
      {order && <p>{t("checkout.done", { number: order.number, total: formatMoney(order.total, i18n.language) })}</p>}
      <p className="soft">{ready ?? t("checkout.next")}</p>
      {isSignedIn && (
        <Link to="/orders/$order" params={{ order: id }} className="button">
          {t("orders.follow")}
        </Link>
      )}
      <Link to="/" className="button quiet">
        {t("cart.look")}
      </Link>
    </div>
  );
}
