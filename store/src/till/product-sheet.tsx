import { formatMoney } from "@kilim/sdk";
import { ActionIcon, Button, Drawer, Group, Image, Stack, Text } from "@mantine/core";
import { IconCheck, IconPlus, IconShoppingBagPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { OntoList } from "../customers/onto-list.tsx";
import { useBag } from "../customers/use-bag.ts";
import { useReturnFocus } from "../parts/use-return-focus.ts";
import { variantName } from "../products/color-name.ts";
import { availabilityQuery, productQuery, type VariantAvailability } from "../products/queries.ts";
import { titleIn } from "../products/title-in.ts";
import { useMarket } from "../session/use-market.ts";
import { Failure } from "../shell/failure.tsx";
import { codeOf, refusal } from "../shell/refusal.ts";
import { lineOf } from "./line-of.ts";
import classes from "./product-sheet.module.css";
import type { TicketLine } from "./ticket.ts";

interface ProductSheetProps {
  readonly productId: string;
  readonly storeId: string;
  /** Whose bag it may go into instead. */
  readonly customerId: string | null;
  readonly onAdd: (line: Omit<TicketLine, "quantity">) => void;
  readonly onClose: () => void;
}

/** Every size and colour with its stock here, in the other stores and on the web; live. */
export function ProductSheet({ productId, storeId, customerId, onAdd, onClose }: ProductSheetProps) {
  const { t, i18n } = useTranslation();
  useReturnFocus();
  const product = useQuery(productQuery(productId, useMarket()));
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
                  <Text fw={650}>{variantName(i18n.language, variant) || variant.sku}</Text>
                  <Stock stock={stockOf(variant.id)} storeId={storeId} />
                </div>
                <Group gap="xs" wrap="nowrap">
                  {customerId && (
                    <>
                      <OntoList
                        customerId={customerId}
                        storeId={storeId}
                        lines={[{ variant_id: variant.id, title: titleIn(i18n.language, product.data), quantity: 1 }]}
                      />
                      <IntoBag customerId={customerId} storeId={storeId} variantId={variant.id} />
                    </>
                  )}
                  <Button
                    px="md"
                    flex="none"
                    leftSection={<IconPlus size={20} />}
                    onClick={() => product.data && onAdd(lineOf(product.data, variant, i18n.language))}
                  >
                    {t("till.sell")}
                  </Button>
                </Group>
              </li>
            ))}
          </ul>
        </Stack>
      )}
    </Drawer>
  );
}

interface IntoBagProps {
  readonly customerId: string;
  readonly storeId: string;
  readonly variantId: string;
}

/** She takes it home on her phone: to think about, or to have it delivered. */
function IntoBag({ customerId, storeId, variantId }: IntoBagProps) {
  const { t } = useTranslation();
  const { put } = useBag(customerId, storeId);
  return (
    <>
      {put.isError && (
        <Text size="xs" c="red" role="alert">
          {refusal(t, codeOf(put.error))}
        </Text>
      )}
      <ActionIcon
        variant="default"
        aria-label={t("customer.intoBag")}
        title={t("customer.intoBag")}
        loading={put.isPending}
        onClick={() => put.mutate([{ variant_id: variantId, quantity: 1 }])}
      >
        {put.isSuccess ? <IconCheck /> : <IconShoppingBagPlus />}
      </ActionIcon>
    </>
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
