import { formatMoney } from "@kilim/sdk";
import { Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconCamera, IconSearch } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useKeyboardScanner } from "../parts/scanner/use-keyboard-scanner.ts";
import { titleIn } from "../products/title-in.ts";
import { variantOfCode } from "../products/variant-of-code.ts";
import { Failure } from "../shell/failure.tsx";
import { chosenStore } from "./chosen-store.ts";
import { GoLink } from "./go-link.tsx";
import classes from "./kiosk.module.css";
import { useKilim } from "./kiosk-context.ts";
import { go, type Place } from "./place.ts";
import { categoriesQuery, productQuery, productsQuery } from "./queries.ts";
import { useMarket } from "./use-market.ts";

const CameraScanner = lazy(() =>
  import("../parts/scanner/camera-scanner.tsx").then(({ CameraScanner }) => ({ default: CameraScanner })),
);

const TYPING_MS = 250;
const SHORTEST = 2;

type Looking = Extract<Place, { at: "find" }>;

/** Scan it, look for it, or see what there is. */
export function FindPage({ looking }: { readonly looking: Looking }) {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const [text, setText] = useState(looking.q ?? "");
  const [isScanning, setScanning] = useState(false);
  const [words] = useDebouncedValue(text.trim(), TYPING_MS);
  const { scan, unknown, failure } = useScan();
  useKeyboardScanner(scan);
  const q = words.length >= SHORTEST ? words : undefined;
  const { category } = looking;
  const market = useMarket();
  useEffect(() => {
    go({ at: "find", ...(q ? { q } : {}), ...(category && !q ? { category } : {}) });
  }, [q, category]);
  const isLooking = q !== undefined || category !== undefined;
  const found = useQuery({ ...productsQuery(kilim, q ? { q } : { category }, market), enabled: isLooking });
  const products = isLooking ? (found.data?.items ?? []) : [];
  return (
    <Stack gap="lg">
      <Title order={1}>{t("find.title")}</Title>
      <Group align="flex-end" gap="sm">
        <form
          style={{ flex: "1 1 240px" }}
          onSubmit={(event) => {
            event.preventDefault();
            scan(text.trim());
          }}
        >
          <TextInput
            label={t("find.field")}
            placeholder={t("find.placeholder")}
            name="find"
            autoComplete="off"
            leftSection={<IconSearch />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </form>
        <Button leftSection={<IconCamera />} onClick={() => setScanning(true)}>
          {t("scanner.open")}
        </Button>
      </Group>
      {unknown && <Text role="status">{t("find.unknown", { code: unknown })}</Text>}
      {failure && <Failure error={failure} />}
      {found.isError && isLooking && <Failure error={found.error} retry={found.refetch} />}
      {isScanning && (
        <Suspense>
          <CameraScanner
            onCode={(code) => {
              setScanning(false);
              scan(code);
            }}
            onClose={() => setScanning(false)}
          />
        </Suspense>
      )}
      {isLooking ? (
        <>
          {found.data?.items.length === 0 && !unknown && <Text c="dimmed">{t("find.nothing")}</Text>}
          <ul className={classes.grid}>
            {products.map((product) => (
              <li key={product.id}>
                <GoLink to={{ at: "product", id: product.id }} className={classes.card}>
                  <img src={product.image_url} alt="" className={classes.picture} loading="lazy" />
                  <Text fw={650} lineClamp={2} mt="xs">
                    {titleIn(i18n.language, product)}
                  </Text>
                  <Text>{formatMoney(product.price, i18n.language, true)}</Text>
                </GoLink>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <>
          <Categories />
          <CheckIn />
        </>
      )}
    </Stack>
  );
}

/** A code leads to its product; words, to what is found by them. */
function useScan() {
  const kilim = useKilim();
  const queries = useQueryClient();
  const market = useMarket();
  const [unknown, setUnknown] = useState<string | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const look = async (code: string) => {
    const { items } = await queries.fetchQuery(productsQuery(kilim, { q: code }, market));
    const [only] = items;
    if (!only) return setUnknown(code);
    const product = await queries.fetchQuery(productQuery(kilim, only.id, market));
    const variant = variantOfCode(product, code);
    if (variant) go({ at: "product", id: only.id, variant: variant.id });
    else if (items.length === 1) go({ at: "product", id: only.id });
  };
  const scan = (code: string) => {
    if (!code) return;
    setUnknown(null);
    setFailure(null);
    look(code).catch((error: Error) => setFailure(error));
  };
  return { scan, unknown, failure };
}

/** She is in the store now, with what she has on her phone. */
function CheckIn() {
  const { t } = useTranslation();
  return (
    <Group gap="md" wrap="nowrap">
      <img
        src={`/assets/stores/${chosenStore()}/check-in.png`}
        alt=""
        width={112}
        height={112}
        style={{ borderRadius: 8 }}
      />
      <Text maw={320}>{t("find.checkIn")}</Text>
    </Group>
  );
}

function Categories() {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const categories = useQuery(categoriesQuery(kilim));
  const shown = categories.data?.items.filter((category) => category.products > 0) ?? [];
  return (
    <section aria-label={t("find.categories")}>
      <ul className={classes.grid}>
        {shown.map((category) => (
          <li key={category.id}>
            <GoLink to={{ at: "find", category: category.id }} className={classes.category}>
              {category.titles[i18n.language] ?? category.name}
            </GoLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
