import type { CartItem } from "@kilim/sdk";
import { ActionIcon, Button, Card, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconNote, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ItemRow } from "../products/item-row.tsx";
import { titleIn } from "../products/title-in.ts";
import { useChosenStore } from "../session/chosen-store.ts";
import { Failure } from "../shell/failure.tsx";
import { customerCartQuery } from "./queries.ts";
import { useBag } from "./use-bag.ts";

interface CustomerCartProps {
  readonly id: string;
  /** At the till a line of her cart goes onto the ticket in one touch. */
  readonly onSell?: (item: CartItem) => void;
}

export function CustomerCart({ id, onSell }: CustomerCartProps) {
  const { t } = useTranslation();
  const cart = useQuery(customerCartQuery(id));
  const bag = useBag(id, useChosenStore());
  if (cart.isError) return <Failure error={cart.error} retry={cart.refetch} />;
  const items = cart.data?.items ?? [];
  if (items.length === 0 && onSell) return null;
  return (
    <Card data-testid="customer-cart">
      <Stack gap="sm">
        <Title order={3}>{t("customer.cart")}</Title>
        {items.length === 0 && <Text c="dimmed">{t("customer.cartEmpty")}</Text>}
        {bag.error && <Failure error={bag.error} />}
        {items.map((item) => (
          <Line
            key={item.variant_id}
            item={item}
            onNote={(note) => bag.say.mutate({ variantId: item.variant_id, note })}
            onTakeOut={() => bag.takeOut.mutate(item.variant_id)}
            onSell={onSell && (() => onSell(item))}
          />
        ))}
      </Stack>
    </Card>
  );
}

interface LineProps {
  readonly item: CartItem;
  readonly onNote: (note: string | null) => void;
  readonly onTakeOut: () => void;
  readonly onSell: (() => void) | undefined;
}

function Line({ item, onNote, onTakeOut, onSell }: LineProps) {
  const { t, i18n } = useTranslation();
  const title = titleIn(i18n.language, item);
  const [typed, setTyped] = useState<string | null>(null);
  const keep = () => {
    const note = typed?.trim() || null;
    if (note !== item.note) onNote(note);
    setTyped(null);
  };
  return (
    <Stack gap={4} data-testid="bag-line">
      <ItemRow item={{ ...item, title }} />
      <Beside item={item} />
      <Group gap="xs" justify="flex-end" wrap="nowrap">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("customer.noteFor", { title })}
          onClick={() => setTyped(item.note ?? "")}
        >
          <IconNote />
        </ActionIcon>
        <ActionIcon variant="subtle" color="gray" aria-label={t("customer.takeOut", { title })} onClick={onTakeOut}>
          <IconTrash />
        </ActionIcon>
        {onSell && (
          <Button variant="default" px="sm" flex="none" leftSection={<IconPlus size={20} />} onClick={onSell}>
            {t("till.sell")}
          </Button>
        )}
      </Group>
      {typed !== null && (
        <TextInput
          aria-label={t("customer.noteFor", { title })}
          placeholder={t("customer.note")}
          maxLength={1_000}
          autoFocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={keep}
          onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
        />
      )}
    </Stack>
  );
}

/** What is said beside it, and by whom it was put in if not by herself. */
function Beside({ item: { author, note, not_sold } }: { readonly item: CartItem }) {
  const { t } = useTranslation();
  return (
    <div style={{ paddingInlineStart: 56, overflowWrap: "anywhere" }}>
      {not_sold && (
        <Text size="xs" c="red">
          {t(`notSold.${not_sold}`)}
        </Text>
      )}
      {note && <Text size="xs">{note}</Text>}
      {author.kind === "associate" && (
        <Text size="xs" c="dimmed">
          {t("customer.putBy", { name: author.name ?? t("customer.colleague") })}
        </Text>
      )}
    </div>
  );
}
