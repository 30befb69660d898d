import { Stack, VisuallyHidden } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { CustomerCard } from "../customers/customer-card.tsx";
import { CustomerCart } from "../customers/customer-cart.tsx";
import { useCustomerInFront } from "../customers/customer-context.ts";
import { CustomerLists } from "../customers/customer-lists.tsx";
import { CustomerOrders } from "../customers/customer-orders.tsx";
import { FindCustomer } from "../customers/find-customer.tsx";
import { useChosenStore } from "../session/chosen-store.ts";
import { FindProduct } from "./find-product.tsx";
import { Receipt } from "./receipt.tsx";
import type { Sale } from "./sale.ts";
import { TicketCard } from "./ticket-card.tsx";
import classes from "./till-page.module.css";
import { useSellWanted } from "./use-sell-wanted.ts";
import { useTicket } from "./use-ticket.ts";

export function TillPage() {
  const { t } = useTranslation();
  const { list } = useSearch({ from: "/till" });
  const navigate = useNavigate({ from: "/till" });
  const { customerId, setCustomerId } = useCustomerInFront();
  const storeId = useChosenStore() ?? "";
  const { ticket, change } = useTicket();
  const sell = useSellWanted(change);
  const [sale, setSale] = useState<Sale | null>(null);
  // Whoever it was brought for has gone: the next sale is not hers.
  const isOver = customerId === null && ticket.lines.length === 0 && list !== undefined;
  useEffect(() => {
    if (isOver) void navigate({ search: {}, replace: true });
  }, [isOver, navigate]);
  if (sale) {
    return (
      <Receipt
        sale={sale}
        onNext={() => {
          setSale(null);
          setCustomerId(null);
        }}
      />
    );
  }
  return (
    <div className={classes.till}>
      <VisuallyHidden component="h1">{t("nav.till")}</VisuallyHidden>
      <Stack className={classes.who}>
        {customerId ? <CustomerCard id={customerId} /> : <FindCustomer />}
        <FindProduct storeId={storeId} customerId={customerId} onAdd={(line) => change({ do: "add", line })} />
      </Stack>
      <div className={classes.ticket}>
        <TicketCard
          ticket={ticket}
          change={change}
          storeId={storeId}
          customerId={customerId}
          listId={list ?? null}
          onSold={(sold) => {
            change({ do: "clear" });
            setSale(sold);
            void navigate({ search: {}, replace: true });
          }}
        />
      </div>
      {customerId && (
        <Stack className={classes.hers}>
          <CustomerCart id={customerId} onSell={(item) => void sell([{ ...item, quantity: 1 }])} />
          <CustomerLists
            key={`${customerId} ${list ?? ""}`}
            id={customerId}
            storeId={storeId}
            openId={list}
            onSell={(items) => void sell(items)}
          />
          <CustomerOrders id={customerId} />
        </Stack>
      )}
    </div>
  );
}
