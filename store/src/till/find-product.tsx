import { formatMoney } from "@kilim/sdk";
import { ActionIcon, Card, Image, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconBarcode, IconCamera } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isUnreachable } from "../api/ask.ts";
import { useCustomerInFront } from "../customers/customer-context.ts";
import { customerQuery, findCustomer } from "../customers/queries.ts";
import { useOpenCode } from "../customers/use-open-code.tsx";
import { knownByCode, knownByWords } from "../offline/known-items.ts";
import { KnownItems } from "../offline/known-items-list.tsx";
import { useReachable } from "../offline/reachable.ts";
import { readCode } from "../orders/read-code.ts";
import { useKeyboardScanner } from "../parts/scanner/use-keyboard-scanner.ts";
import { productQuery, searchProducts } from "../products/queries.ts";
import { titleIn } from "../products/title-in.ts";
import { variantOfCode } from "../products/variant-of-code.ts";
import { useMarket } from "../session/use-market.ts";
import { Failure } from "../shell/failure.tsx";
import classes from "./find-product.module.css";
import { lineOf, lineOfWanted } from "./line-of.ts";
import { ProductSheet } from "./product-sheet.tsx";
import type { TicketLine } from "./ticket.ts";

const CameraScanner = lazy(() =>
  import("../parts/scanner/camera-scanner.tsx").then(({ CameraScanner }) => ({ default: CameraScanner })),
);

interface FindProductProps {
  readonly storeId: string;
  readonly customerId: string | null;
  readonly onAdd: (line: Omit<TicketLine, "quantity">) => void;
}

const TYPING_MS = 200;

/** Addresses and what opens a receipt or a list are not looked for as goods: an address of ours would name them. */
const isForGoods = (text: string) => !text.includes("@") && (readCode(text)?.kind ?? "collection") === "collection";

/** A card, a number or an address is one word. */
const isName = (text: string) => !/\s/.test(text) && text.length >= 4;

/**
 * One field for everything: a scanner types a code and presses Enter, a person types words and picks. Goods go onto the
 * ticket; a receipt, a collection code, a list or a card opens what it is, from the camera as from a scanner.
 */
export function FindProduct({ storeId, customerId, onAdd }: FindProductProps) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const { setCustomerId } = useCustomerInFront();
  const { open, sheet } = useOpenCode();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [isScanning, setScanning] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  const [unknown, setUnknown] = useState<string | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const [words] = useDebouncedValue(text.trim(), TYPING_MS);
  const market = useMarket();
  const found = useQuery({ ...searchProducts(words, market), enabled: words.length >= 2 && isForGoods(words) });

  /** Whoever has this card, number or address stands in front. */
  const bringForward = async (name: string) => {
    const customer = await findCustomer(name);
    if (!customer) return false;
    queries.setQueryData(customerQuery(customer.id).queryKey, customer);
    setCustomerId(customer.id);
    return true;
  };
  const enter = async (code: string) => {
    if (!code) return;
    setUnknown(null);
    setFailure(null);
    const opens = readCode(code);
    try {
      // Ten wrong collection codes close the counter: what could be goods is looked for as goods first.
      if (opens && opens.kind !== "collection") {
        if (!(await open(opens))) return setUnknown(code);
        return setText("");
      }
      const { items } = isForGoods(code) ? await queries.ensureQueryData(searchProducts(code, market)) : { items: [] };
      const [only] = items;
      const product = only && (await queries.ensureQueryData(productQuery(only.id, market)));
      const variant = product && variantOfCode(product, code);
      if (variant) {
        onAdd(lineOf(product, variant, i18n.language));
        return setText("");
      }
      if (opens ? await open(opens) : isName(code) && !only && (await bringForward(code))) return setText("");
      if (!only) return setUnknown(code);
      if (items.length === 1) setOpenId(only.id);
    } catch (error) {
      if (!isUnreachable(error)) return setFailure(error as Error);
      const item = await knownByCode(code);
      if (!item) return setUnknown(code);
      onAdd(lineOfWanted(item, i18n.language));
      setText("");
    }
  };
  const isReachable = useReachable();
  const isAway = words.length >= 2 && found.data === undefined && (!isReachable || isUnreachable(found.error));
  const offline = useQuery({
    queryKey: ["known-items", words],
    queryFn: () => knownByWords(words),
    enabled: isAway,
  });
  useKeyboardScanner((code) => void enter(code));
  const products = words.length >= 2 && text.trim() !== "" ? (found.data?.items ?? []) : [];
  return (
    <Card>
      <Stack gap="sm">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void enter(text.trim());
          }}
        >
          <TextInput
            ref={field}
            label={t("till.findProduct")}
            placeholder={t("till.findProductBy")}
            name="product"
            leftSection={<IconBarcode />}
            rightSection={
              <ActionIcon variant="subtle" aria-label={t("scanner.open")} onClick={() => setScanning(true)}>
                <IconCamera />
              </ActionIcon>
            }
            autoComplete="off"
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setUnknown(null);
            }}
          />
        </form>
        {unknown && (
          <Text role="status" c="dimmed">
            {t("till.unknownCode", { code: unknown })}
          </Text>
        )}
        {(failure ?? (isAway ? null : found.error)) && <Failure error={(failure ?? found.error) as Error} />}
        {isAway && <KnownItems items={offline.data ?? []} onAdd={(item) => onAdd(lineOfWanted(item, i18n.language))} />}
        {products.length > 0 && (
          <ul className={classes.results}>
            {products.map((product) => (
              <li key={product.id}>
                <UnstyledButton className={classes.result} onClick={() => setOpenId(product.id)}>
                  <Image src={product.image_url} alt="" className={classes.picture} fit="cover" />
                  <span className={classes.title}>{titleIn(i18n.language, product)}</span>
                  <Text span fw={650}>
                    {formatMoney(product.price, i18n.language, true)}
                  </Text>
                </UnstyledButton>
              </li>
            ))}
          </ul>
        )}
        {words.length >= 2 && found.data?.items.length === 0 && !unknown && (
          <Text c="dimmed">{t("till.nothingFound")}</Text>
        )}
      </Stack>
      {isScanning && (
        <Suspense>
          <CameraScanner
            onCode={(code) => {
              setScanning(false);
              void enter(code);
            }}
            onClose={() => setScanning(false)}
          />
        </Suspense>
      )}
      {sheet}
      {openId && (
        <ProductSheet
          productId={openId}
          storeId={storeId}
          customerId={customerId}
          onAdd={(line) => {
            onAdd(line);
            setOpenId(null);
            setText("");
            field.current?.focus();
          }}
          onClose={() => setOpenId(null)}
        />
      )}
    </Card>
  );
}
