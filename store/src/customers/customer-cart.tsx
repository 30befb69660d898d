import type { CartItem } from "@kilim/sdk";
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ItemRow } from "../products/item-row.tsx";
import { titleIn } from "../products/title-in.ts";
import { Failure } from "../shell/failure.tsx";
import { customerCartQuery } from "./queries.ts";

interface CustomerCartProps {
  readonly id: string;
  /** At the till a line of her cart goes onto the ticket in one touch. */
  readonly onSell?: (item: CartItem) => void;
}

export function CustomerCart({ id, onSell }: CustomerCartProps) {
  const { t, i18n } = useTranslation();
  const cart = useQuery(customerCartQuery(id));
  if (cart.isError) return <Failure error={cart.error} retry={cart.refetch} />;
  const items = cart.data?.items ?? [];
  if (items.length === 0 && onSell) return null;
  return (
    <Card data-testid="customer-cart">
      <Stack gap="sm">
        <Title order={3}>{t("customer.cart")}</Title>
        {items.length === 0 && <Text c="dimmed">{t("customer.cartEmpty")}</Text>}
        {items.map((item) => (
          <Group key={item.variant_id} wrap="nowrap" justify="space-between">
            <ItemRow item={{ ...item, title: titleIn(i18n.language, item) }} />
            {onSell && (
              <Button
                variant="default"
                px="sm"
                flex="none"
                leftSection={<IconPlus size={20} />}
                onClick={() => onSell(item)}
              >
                {t("till.sell")}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
