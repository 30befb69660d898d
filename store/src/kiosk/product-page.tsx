import { formatMoney } from "@kilim/sdk";
import { Badge, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Product, StoreView } from "../../../server/src/catalog/contracts.ts";
import { titleIn } from "../products/title-in.ts";
import { Failure } from "../shell/failure.tsx";
import classes from "./kiosk.module.css";
import { useKilim } from "./kiosk-context.ts";
import { go } from "./place.ts";
import { productQuery } from "./queries.ts";
import { Reviews } from "./reviews.tsx";
import { StockHere } from "./stock-here.tsx";
import { useList } from "./use-list.ts";
import { useMarket } from "./use-market.ts";
import { VariantChoice } from "./variant-choice.tsx";

interface ProductPageProps {
  readonly store: StoreView;
  readonly productId: string;
  readonly variantId?: string | undefined;
  readonly color?: string | undefined;
}

/** Everything one asks of a product in a store: which there are, what it is made of, what others say, where it is. */
export function ProductPage({ store, productId, variantId, color }: ProductPageProps) {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const { data: product, error, refetch } = useQuery(productQuery(kilim, productId, useMarket()));
  if (error) return <Failure error={error} retry={refetch} />;
  if (!product) return null;
  const variant = product.variants.find(({ id }) => id === variantId);
  const shown = variant ?? product.variants.find((one) => one.color === color) ?? product.variants[0];
  return (
    <Stack gap="lg">
      <Group>
        <Button
          variant="subtle"
          color="gray"
          px="xs"
          leftSection={<IconArrowLeft aria-hidden="true" />}
          onClick={() => go({ at: "find" })}
        >
          {t("product.back")}
        </Button>
      </Group>
      <div className={classes.product}>
        <img
          src={shown?.image_url ?? product.image_url}
          alt={titleIn(i18n.language, product)}
          className={classes.picture}
        />
        <Stack>
          <div>
            <Text c="dimmed">{product.brand}</Text>
            <Title order={1}>{titleIn(i18n.language, product)}</Title>
          </div>
          <Group>
            <Text size="xl" fw={650}>
              {formatMoney(variant?.price ?? product.price, i18n.language, true)}
            </Text>
            {product.rating && (
              <Badge>{t("product.rating", { average: product.rating.average, count: product.rating.count })}</Badge>
            )}
          </Group>
          <VariantChoice product={product} chosen={variant} color={shown?.color ?? null} />
          <AddToList variantId={variant?.id ?? onlyOne(product)} />
          <StockHere store={store} productId={product.id} variantId={variant?.id ?? onlyOne(product)} />
        </Stack>
      </div>
      <Card>
        <Stack gap="xs">
          <Text>{product.descriptions[i18n.language] ?? product.description}</Text>
          <Facts product={product} />
        </Stack>
      </Card>
      <Reviews productId={product.id} />
    </Stack>
  );
}

function onlyOne({ variants }: Product): string | undefined {
  return variants.length === 1 ? variants[0]?.id : undefined;
}

function AddToList({ variantId }: { readonly variantId: string | undefined }) {
  const { t } = useTranslation();
  const { list, add, change } = useList();
  const there = list?.items.find((item) => item.variant_id === variantId);
  return (
    <Stack gap={4}>
      <Button
        size="xl"
        leftSection={<IconPlus aria-hidden="true" />}
        disabled={variantId === undefined}
        loading={change.isPending}
        onClick={() => variantId && add(variantId)}
      >
        {variantId === undefined ? t("product.choose") : t("product.add")}
      </Button>
      <Text role="status" c="dimmed">
        {there && t("product.onList", { count: there.quantity })}
      </Text>
      {change.isError && <Failure error={change.error} />}
    </Stack>
  );
}

/** Measures in centimetres, as people say them. */
function Facts({ product }: { readonly product: Product }) {
  const { t, i18n } = useTranslation();
  const cm = (mm: number | undefined) => (mm === undefined ? null : (mm / 10).toLocaleString(i18n.language));
  const { width_mm, depth_mm, height_mm } = product.dimensions ?? {};
  const size = [cm(width_mm), cm(depth_mm), cm(height_mm)].filter((part) => part !== null);
  return (
    <>
      {product.materials.length > 0 && (
        <Text>
          <b>{t("product.materials")}</b> {product.materials.join(", ")}
        </Text>
      )}
      {size.length > 0 && (
        <Text>
          <b>{t("product.size")}</b> {size.join(" × ")} cm
        </Text>
      )}
    </>
  );
}
