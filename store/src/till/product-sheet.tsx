import { formatMoney } from "@kilim/sdk";
import { Button, Drawer, Group, Image, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { availabilityQuery, productQuery, type VariantAvailability } from "../products/queries.ts";
import { titleIn } from "../products/title-in.ts";
import { Failure } from "../shell/failure.tsx";
import { lineOf } from "./line-of.ts";
import classes from "./product-sheet.module.css";
import type { TicketLine } from "./ticket.ts";

interface ProductSheetProps {
  readonly productId: string;
  readonly storeId: string;
  readonly onAdd: (line: Omit<TicketLine, "quantity">) => void;
  readonly onClose: () => void;
}

/** Every size and colour with its stock here, in the other stores and on the web; live. */
export function ProductSheet({ productId, storeId, onAdd, onClose }: ProductSheetProps) {
  const { t, i18n } = useTranslation();
  const product = useQuery(productQuery(productId));
  const availability = useQuery(availabilityQuery(productId));
  const stockOf = (variantId: string) => availability.data?.items.find((item) => item.variant_id === variantId);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={product.data ? titleIn(i18n.language, product.data) : " "}
      closeButtonProps={{ "aria-label": t("till.close"), size: 48 }}
    >
      {product.isError && <Failure error={product.error} retry={product.refetch} />}
      {product.data && (
        <Stack>
          <Group wrap="nowrap" align="flex-start">
            <Image src={product.data.image_url} alt="" w={110} h={110} radius="md" fit="cover" />
            <Stack gap={4}>
              <Text size="lg" fw={650}>
                {formatMoney(product.data.price, i18n.language)}
              </Text>
              <Text c="dimmed" lineClamp={4}>
                {product.data.descriptions[i18n.language] ?? product.data.description}
              </Text>
            </Stack>
          </Group>
          <ul className={classes.variants}>
            {product.data.variants.map((variant) => (
              <li key={variant.id} className={classes.variant} data-testid="variant">
                <div>
                  <Text fw={650}>{[variant.color, variant.size].filter(Boolean).join(" · ") || variant.sku}</Text>
                  <Stock stock={stockOf(variant.id)} storeId={storeId} />
                </div>
                <Button
                  px="md"
                  flex="none"
                  leftSection={<IconPlus size={20} />}
                  onClick={() => product.data && onAdd(lineOf(product.data, variant, i18n.language))}
                >
                  {t("till.sell")}
                </Button>
              </li>
            ))}
          </ul>
        </Stack>
      )}
    </Drawer>
  );
}

interface StockProps {
  readonly stock: VariantAvailability | undefined;
  readonly storeId: string;
}

function Stock({ stock, storeId }: StockProps) {
  const { t } = useTranslation();
  if (!stock) return <Text c="dimmed"> </Text>;
  const here = stock.stores.find((store) => store.store_id === storeId)?.available ?? 0;
  const elsewhere = stock.stores.filter((store) => store.store_id !== storeId && store.available > 0);
  return (
    <Text size="xs" component="div" className={classes.stock}>
      <span className={here > 0 ? classes.here : classes.gone}>{t("till.stockHere", { count: here })}</span>
      <span>{t("till.stockWeb", { count: stock.web })}</span>
      {elsewhere.map((store) => (
        <span key={store.store_id}>
          {store.name} {store.available}
        </span>
      ))}
    </Text>
  );
}
