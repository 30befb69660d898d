import { formatMoney } from "@kilim/sdk";
import { Badge, Button, Card, Group, Modal, Stack, Text, TextInput, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { nameTill, tillName } from "../session/till-name.ts";
import { refusal } from "../shell/refusal.ts";
import { dropSale, tellAgain } from "./sale-queue.ts";
import type { KeptSale } from "./till-db.ts";
import { useSales } from "./use-sales.ts";

const COLORS = { waiting: "yellow", told: "green", refused: "red" } as const;

/** This device's sales: what waits to be told, what was refused and why. */
export function SalesPage() {
  const { t } = useTranslation();
  const sales = useSales();
  const [dropping, setDropping] = useState<KeptSale | null>(null);
  return (
    <Stack maw={720} mx="auto">
      <Title order={1}>{t("sales.title")}</Title>
      <TextInput
        label={t("sales.till")}
        description={t("sales.tillText")}
        maxLength={20}
        defaultValue={tillName()}
        onBlur={(event) => nameTill(event.currentTarget.value)}
      />
      {sales.length === 0 && <Text c="dimmed">{t("sales.none")}</Text>}
      {sales.map((sale) => (
        <SaleCard key={sale.key} sale={sale} onDrop={() => setDropping(sale)} />
      ))}
      <Modal
        opened={dropping !== null}
        onClose={() => setDropping(null)}
        title={t("sales.drop")}
        centered
        closeButtonProps={{ size: 48, "aria-label": t("till.close") }}
      >
        <Stack>
          <Text>{t("sales.dropText")}</Text>
          <Button
            color="red"
            onClick={() => {
              if (dropping) void dropSale(dropping);
              setDropping(null);
            }}
          >
            {t("sales.drop")}
          </Button>
        </Stack>
      </Modal>
    </Stack>
  );
}

function SaleCard({ sale, onDrop }: { readonly sale: KeptSale; readonly onDrop: () => void }) {
  const { t, i18n } = useTranslation();
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short" });
  return (
    <Card data-testid="kept-sale">
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Text fw={650}>{formatMoney(sale.total, i18n.language)}</Text>
          <Text size="xs" c="dimmed">
            {time.format(new Date(sale.at))} · {sale.order?.number ?? sale.body.order_id?.split("/").slice(1).join("/")}
          </Text>
        </div>
        <Badge color={COLORS[sale.state]} autoContrast variant="filled">
          {t(`sales.${sale.state}`)}
        </Badge>
      </Group>
      {sale.refusal && <Text mt="xs">{refusal(t, sale.refusal)}</Text>}
      {sale.state === "refused" && (
        <Group mt="sm">
          <Button size="md" onClick={() => void tellAgain(sale)}>
            {t("sales.again")}
          </Button>
          <Button size="md" variant="default" onClick={onDrop}>
            {t("sales.drop")}
          </Button>
        </Group>
      )}
      {sale.order && (
        <Button mt="sm" size="md" variant="default" component={Link} to={`/orders/${sale.order.id}`}>
          {t("sales.open")}
        </Button>
      )}
    </Card>
  );
}
