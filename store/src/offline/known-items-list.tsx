import { formatMoney } from "@kilim/sdk";
import { Group, Text, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { variantName } from "../products/color-name.ts";
import { titleIn } from "../products/title-in.ts";
import classes from "../till/find-product.module.css";
import type { KnownItem } from "./till-db.ts";

interface KnownItemsProps {
  readonly items: readonly KnownItem[];
  readonly onAdd: (item: KnownItem) => void;
}

/** What the device itself knows of the goods; one touch adds one. */
export function KnownItems({ items, onAdd }: KnownItemsProps) {
  const { t, i18n } = useTranslation();
  if (items.length === 0) return <Text c="dimmed">{t("till.nothingFound")}</Text>;
  return (
    <ul className={classes.results}>
      {items.map((item) => (
        <li key={item.variant_id}>
          <UnstyledButton className={`${classes.result} ${classes.bare}`} onClick={() => onAdd(item)}>
            <span className={classes.title}>
              {titleIn(i18n.language, item)}
              <Text span size="xs" c="dimmed" ml="xs">
                {variantName(i18n.language, item)}
              </Text>
            </span>
            <Group gap="xs" wrap="nowrap">
              <Text span fw={650}>
                {formatMoney(item.price, i18n.language, true)}
              </Text>
            </Group>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
