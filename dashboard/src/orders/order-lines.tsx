import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { translated } from "../catalog/translated.ts";
import { useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { TextLink } from "../parts/link.tsx";
import type { Order } from "./queries.ts";

export function OrderLines({ order }: { readonly order: Order }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t("orderBook.lines")}>
      <Table aria-label={t("orderBook.lines")}>
        <Table.Tbody>
          {order.lines.map((line) => (
            <Table.Tr key={line.position}>
              <Table.Td>
                <TextLink to="/stock/$id" params={{ id: line.variant_id }} size="sm">
                  {translated(line.titles, i18n.language, line.title)}
                </TextLink>
                <Text size="xs" c="dimmed">
                  {[
                    line.size,
                    line.color,
                    line.sku,
                    line.cancelled > 0 ? t("orderBook.cancelledUnits", { count: line.cancelled }) : null,
                    line.returned > 0 ? t("orderBook.returnedUnits", { count: line.returned }) : null,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </Text>
              </Table.Td>
              <Table.Td ta="right" style={{ whiteSpace: "nowrap" }}>
                {line.quantity} × {format.money(line.price)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}
