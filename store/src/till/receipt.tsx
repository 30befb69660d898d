import { formatMoney } from "@kilim/sdk";
import { Alert, Button, Card, Container, Divider, Group, Stack, Text, Title } from "@mantine/core";
import { IconCircleCheck, IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { variantName } from "../products/color-name.ts";
import { storesQuery } from "../products/queries.ts";
import { useChosenStore } from "../session/chosen-store.ts";
import { refusal } from "../shell/refusal.ts";
import type { Sale } from "./sale.ts";

interface ReceiptProps {
  readonly sale: Sale;
  readonly onNext: () => void;
}

export function Receipt({ sale, onNext }: ReceiptProps) {
  const { t, i18n } = useTranslation();
  const { order, paid, change, kept, refusal: refused } = sale;
  const total = order?.total ?? kept.total;
  const storeId = useChosenStore();
  const stores = useQuery(storesQuery);
  const store = stores.data?.items.find((item) => item.id === storeId);
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short" });
  const money = (amount: number) => formatMoney({ amount, currency: total.currency }, i18n.language);
  return (
    <Container size="xs" p={0}>
      <Stack>
        <Group gap="sm" role="status">
          <IconCircleCheck size={36} color="var(--mantine-color-green-6)" aria-hidden="true" />
          <Title order={1}>{t("receipt.paid")}</Title>
        </Group>
        {change > 0 && (
          <Text size="xl" fw={700}>
            {t("till.change", { amount: money(change) })}
          </Text>
        )}
        {!order && (
          <Alert
            role="status"
            data-testid="sale-waits"
            color={refused ? "red" : "yellow"}
            title={t(refused ? "receipt.refused" : "receipt.waits")}
          >
            {refused ? refusal(t, refused) : t("receipt.waitsText")}
          </Alert>
        )}
        {order?.discrepancies.map(({ variant_id, quantity }) => (
          <Alert key={variant_id} title={sale.lines.find((line) => line.variant_id === variant_id)?.title}>
            {t("receipt.discrepancy", { count: quantity })}
          </Alert>
        ))}
        <Card data-receipt data-testid="receipt">
          <Stack gap="xs">
            <div>
              <Text fw={650}>{store?.name}</Text>
              <Text size="xs" c="dimmed">
                {[store?.address, store?.city].filter(Boolean).join(", ")}
              </Text>
            </div>
            <Text size="xs" c="dimmed">
              {order?.number ?? kept.body.order_id?.split("/").slice(1).join("/")} · {time.format(new Date(kept.at))}
            </Text>
            <Divider />
            {sale.lines.map((line) => (
              <Group key={line.variant_id} justify="space-between" wrap="nowrap" align="flex-start">
                <div>
                  <Text lh={1.25}>{line.title}</Text>
                  <Text size="xs" c="dimmed">
                    {variantName(i18n.language, line)} × {line.quantity}
                  </Text>
                </div>
                <Text>{money(line.price.amount * line.quantity)}</Text>
              </Group>
            ))}
            <Divider />
            <Group justify="space-between">
              <Text fw={700}>{t("till.total")}</Text>
              <Text fw={700}>{money(total.amount)}</Text>
            </Group>
            {paid.map(({ method, amount }, i) => (
              <Group
                // biome-ignore lint/suspicious/noArrayIndexKey: what was paid stays in its order
                key={i}
                justify="space-between"
              >
                <Text size="xs" c="dimmed">
                  {t(`till.${method}`)}
                </Text>
                <Text size="xs" c="dimmed">
                  {money(amount)}
                </Text>
              </Group>
            ))}
            {change > 0 && (
              <Text size="xs" c="dimmed">
                {t("till.change", { amount: money(change) })}
              </Text>
            )}
          </Stack>
        </Card>
        <Group grow preventGrowOverflow={false}>
          <Button variant="default" leftSection={<IconPrinter />} onClick={() => window.print()}>
            {t("receipt.print")}
          </Button>
          <Button onClick={onNext}>{t("receipt.next")}</Button>
        </Group>
      </Stack>
    </Container>
  );
}
