import { formatMoney } from "@kilim/sdk";
import { ActionIcon, Button, Card, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconMinus, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StoreView } from "../../../server/src/catalog/contracts.ts";
import type { ListItem } from "../../../server/src/lists/contracts.ts";
import { variantName } from "../products/color-name.ts";
import { titleIn } from "../products/title-in.ts";
import { Failure } from "../shell/failure.tsx";
import classes from "./kiosk.module.css";
import { MailForm } from "./mail-form.tsx";
import { go } from "./place.ts";
import { StaffForm } from "./staff-form.tsx";
import { TakeAlong } from "./take-along.tsx";
import { useList } from "./use-list.ts";

/** What is on the list, and the ways to go on with it. */
export function ListPage({ store }: { readonly store: StoreView }) {
  const { t } = useTranslation();
  const { list, change } = useList();
  const [gone, setGone] = useState<ListItem | null>(null);
  const remove = (item: ListItem) => {
    setGone(item);
    change.mutate({ op: "remove", item_id: item.id });
  };
  const undo = () => {
    if (gone) change.mutate({ op: "restore", item_id: gone.id });
    setGone(null);
  };
  return (
    <Stack gap="lg">
      <Title order={1}>{t("list.title")}</Title>
      {gone && (
        <Group role="status">
          <Text>{t("list.removed")}</Text>
          <Button variant="default" onClick={undo}>
            {t("list.undo")}
          </Button>
        </Group>
      )}
      {change.isError && <Failure error={change.error} />}
      {list && list.items.length > 0 ? (
        <>
          <div>
            {list.items.map((item) => (
              <Line
                key={item.id}
                item={item}
                onQuantity={(quantity) => change.mutate({ op: "change", item_id: item.id, quantity })}
                onRemove={() => remove(item)}
              />
            ))}
          </div>
          <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
            <Card>
              <StaffForm listId={list.id} store={store} />
            </Card>
            <Card>
              <TakeAlong key={list.seq} listId={list.id} />
            </Card>
            <Card>
              <MailForm listId={list.id} />
            </Card>
          </SimpleGrid>
        </>
      ) : (
        <Stack align="flex-start">
          <Text c="dimmed">{t("list.empty")}</Text>
          <Button onClick={() => go({ at: "find" })}>{t("list.find")}</Button>
        </Stack>
      )}
    </Stack>
  );
}

interface LineProps {
  readonly item: ListItem;
  readonly onQuantity: (quantity: number) => void;
  readonly onRemove: () => void;
}

function Line({ item, onQuantity, onRemove }: LineProps) {
  const { t, i18n } = useTranslation();
  const title = titleIn(i18n.language, item);
  return (
    <div className={classes.line} data-testid="list-line">
      <img src={item.image_url} alt="" className={classes.linePicture} />
      <div>
        <Text fw={650}>{title}</Text>
        <Text c="dimmed">{variantName(i18n.language, item)}</Text>
        {item.note && <Text>{item.note}</Text>}
      </div>
      <Text fw={650}>
        {formatMoney({ ...item.price, amount: item.price.amount * item.quantity }, i18n.language, true)}
      </Text>
      <Group className={classes.steps} gap="xs">
        <ActionIcon
          aria-label={t("list.less", { title })}
          disabled={item.quantity === 1}
          onClick={() => onQuantity(item.quantity - 1)}
        >
          <IconMinus />
        </ActionIcon>
        <Text fw={650} miw={28} ta="center">
          {item.quantity}
        </Text>
        <ActionIcon aria-label={t("list.more", { title })} onClick={() => onQuantity(item.quantity + 1)}>
          <IconPlus />
        </ActionIcon>
        <ActionIcon aria-label={t("list.remove", { title })} onClick={onRemove} ml="auto">
          <IconTrash />
        </ActionIcon>
      </Group>
    </div>
  );
}
