import { formatMoney } from "@kilim/sdk";
import { Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { categoriesQuery } from "../products/queries.ts";
import type { Customer } from "./queries.ts";

export function CustomerFacts({ customer }: { readonly customer: Customer }) {
  const { t, i18n } = useTranslation();
  const { orders, revenue, currency, last_order_at: lastOrder, sizes } = customer.computed;
  const date = (at: string) => new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium" }).format(new Date(at));
  const categories = useQuery(categoriesQuery).data?.items;
  const titleOf = (id: string) => {
    const category = categories?.find((item) => item.id === id);
    return category?.titles[i18n.language] ?? category?.name ?? id;
  };
  const facts = [
    { label: t("customer.orders"), value: String(orders) },
    ...(orders > 0 && currency
      ? [{ label: t("customer.spent"), value: formatMoney({ amount: revenue, currency }, i18n.language, true) }]
      : []),
    ...(lastOrder ? [{ label: t("customer.last"), value: date(lastOrder) }] : []),
    ...Object.entries(sizes).map(([kind, size]) => ({
      label: titleOf(kind),
      value: size,
    })),
    ...(typeof customer.traits.city === "string" ? [{ label: t("customer.city"), value: customer.traits.city }] : []),
  ];
  return (
    <Group component="dl" gap="lg" m={0}>
      {facts.map(({ label, value }) => (
        <div key={label}>
          <Text component="dt" size="xs" c="dimmed">
            {label}
          </Text>
          <Text component="dd" m={0} fw={650}>
            {value}
          </Text>
        </div>
      ))}
    </Group>
  );
}
