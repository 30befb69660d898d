import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { translated } from "../catalog/translated.ts";
import { TextLink } from "../parts/link.tsx";
import { type NamedVariant, whichOf } from "./queries.ts";

/** A variant as lists of stock name it, on the way to all that is known of its stock. */
export function ItemName({ row }: { readonly row: NamedVariant & { readonly variant_id: string } }) {
  const { i18n } = useTranslation();
  return (
    <>
      <TextLink to="/stock/$id" params={{ id: row.variant_id }} size="sm">
        {translated(row.titles, i18n.language, row.title) || row.sku}
      </TextLink>
      <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {whichOf(row)}
      </Text>
    </>
  );
}
