import { formatMoney, type Order } from "@kilim/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePage } from "../layout/use-page.ts";

export function ThankYouPage() {
  const { t, i18n } = useTranslation();
  const { order: id } = useParams({ from: "/thank-you/$order" });
  const order = useQueryClient().getQueryData<Order>(["order", id]);
  usePage(t("checkout.thanks"));
  return (
    <div className="page narrow stack" data-testid="thank-you">
      <h1>{t("checkout.thanks")}</h1>
      {order && <p>{t("checkout.done", { number: order.number, total: formatMoney(order.total, i18n.language) })}</p>}
      <p className="soft">{t("checkout.next")}</p>
      <Link to="/" className="button">
        {t("cart.look")}
      </Link>
    </div>
  );
}
