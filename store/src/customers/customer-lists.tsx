import { Accordion, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListItem, ListSummary } from "../../../server/src/lists/contracts.ts";
import { ItemRow } from "../products/item-row.tsx";
import { titleIn } from "../products/title-in.ts";
import { errandsQuery } from "../queue/errand-queries.ts";
import { Failure } from "../shell/failure.tsx";
import { ListSheet } from "./list-sheet.tsx";
import { customerListQuery, customerListsQuery } from "./queries.ts";

interface CustomerListsProps {
  readonly id: string;
  readonly storeId: string;
  /** The list to begin with: the one that was brought to the till. */
  readonly openId: string | undefined;
  readonly onSell: (items: readonly ListItem[]) => void;
}

/** Her wish and shopping lists beside her cart; what is on them goes onto the ticket in one touch, and new ones begin here. */
export function CustomerLists({ id, storeId, openId, onSell }: CustomerListsProps) {
  const { t } = useTranslation();
  const lists = useQuery(customerListsQuery(id));
  const [open, setOpen] = useState<string[]>(openId ? [openId] : []);
  const [isBeginning, setBeginning] = useState(false);
  if (lists.isError) return <Failure error={lists.error} retry={lists.refetch} />;
  const shown = lists.data?.items.filter(({ count, name }) => count > 0 || name !== null) ?? [];
  return (
    <Card data-testid="customer-lists">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <Title order={3}>{t("customer.lists")}</Title>
          <Button variant="subtle" size="md" flex="none" onClick={() => setBeginning(true)}>
            {t("customer.newList")}
          </Button>
        </Group>
        <Accordion multiple order={4} value={open} onChange={setOpen}>
          {shown.map((list) => (
            <Accordion.Item key={list.id} value={list.id}>
              <Accordion.Control>
                {list.name ?? t(`customer.list.${list.kind}`)} ({list.count})
              </Accordion.Control>
              <Accordion.Panel>
                {open.includes(list.id) && <OnList list={list} storeId={storeId} onSell={onSell} />}
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      </Stack>
      {isBeginning && (
        <ListSheet
          customerId={id}
          storeId={storeId}
          lines={[]}
          onDone={() => setBeginning(false)}
          onClose={() => setBeginning(false)}
        />
      )}
    </Card>
  );
}

interface OnListProps extends Pick<CustomerListsProps, "storeId" | "onSell"> {
  readonly list: ListSummary;
}

function OnList({ list, storeId, onSell }: OnListProps) {
  const { t, i18n } = useTranslation();
  const whole = useQuery(customerListQuery(list.id));
  const missing = useMissing(storeId, list.id);
  if (whole.isError) return <Failure error={whole.error} retry={whole.refetch} />;
  const items = whole.data?.items ?? [];
  const there = items.filter((item) => !missing.has(item.id));
  return (
    <Stack gap="sm">
      {whole.data && items.length === 0 && <Text c="dimmed">{t("customer.listEmpty")}</Text>}
      {items.map((item) => (
        <Group key={item.id} wrap="nowrap" justify="space-between">
          <div style={{ minWidth: 0 }}>
            <ItemRow item={{ ...item, title: titleIn(i18n.language, item) }} />
            {item.note && <Text size="xs">{item.note}</Text>}
            {item.author.kind === "associate" && (
              <Text size="xs" c="dimmed">
                {t("customer.putBy", { name: item.author.name ?? t("customer.colleague") })}
              </Text>
            )}
            {missing.has(item.id) && <Text size="xs">{t("errand.notFound")}</Text>}
          </div>
          <Button
            variant="default"
            px="sm"
            flex="none"
            leftSection={<IconPlus size={20} />}
            aria-label={`${t("till.sell")}: ${titleIn(i18n.language, item)}`}
            onClick={() => onSell([item])}
          >
            {t("till.sell")}
          </Button>
        </Group>
      ))}
      {there.length > 1 && <Button onClick={() => onSell(there)}>{t("customer.sellAll")}</Button>}
    </Stack>
  );
}

/** What whoever fetched the list has not found; it is not sold with the others. */
function useMissing(storeId: string, listId: string): ReadonlySet<string> {
  const errands = useInfiniteQuery(errandsQuery(storeId));
  const errand = errands.data?.pages.flatMap((page) => page.items).find((one) => one.list_id === listId);
  return new Set(errand?.items.filter((item) => item.is_found === false).map((item) => item.item_id));
}
