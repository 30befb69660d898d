import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { accept, type QueuedFulfilment, reject } from "../orders/queries.ts";
import { FulfilmentCard } from "./fulfilment-card.tsx";
import { useUndoable } from "./use-undoable.ts";

interface FulfilmentsProps {
  readonly title: string;
  readonly items: readonly QueuedFulfilment[];
}

export function Fulfilments({ title, items }: FulfilmentsProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const undoable = useUndoable();
  const again = () => queries.invalidateQueries({ queryKey: ["queue"] });

  const later = (one: QueuedFulfilment, said: string, work: () => Promise<unknown>) => {
    undoable.later(one.id, () =>
      work()
        .catch((error: Error) => notifications.show({ color: "red", title: t("error.title"), message: error.message }))
        .then(again),
    );
    const id = `undo-${one.id}`;
    notifications.show({
      id,
      autoClose: 6_000,
      withCloseButton: false,
      message: (
        <Group justify="space-between" wrap="nowrap">
          <Text>{said}</Text>
          <Button
            size="md"
            variant="default"
            onClick={() => {
              undoable.undo(one.id);
              notifications.hide(id);
            }}
          >
            {t("queue.undo")}
          </Button>
        </Group>
      ),
    });
  };
  const shown = items.filter(({ id }) => !undoable.hidden.has(id));
  if (shown.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-label={title}>
      <Title order={2}>{title}</Title>
      {shown.map((one) => (
        <FulfilmentCard
          key={one.id}
          one={one}
          onAccept={() => later(one, t("queue.accepted", { number: one.order_number }), () => accept(one.id))}
          onReject={(reason) =>
            later(one, t("queue.rejected", { number: one.order_number }), () => reject(one.id, reason))
          }
          onChanged={() => void again()}
        />
      ))}
    </Stack>
  );
}
