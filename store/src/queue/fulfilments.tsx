import { Stack, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { accept, type QueuedFulfilment, reject } from "../orders/queries.ts";
import { FulfilmentCard } from "./fulfilment-card.tsx";
import { useStepsWithUndo } from "./use-steps-with-undo.tsx";

interface FulfilmentsProps {
  readonly title: string;
  readonly items: readonly QueuedFulfilment[];
}

export function Fulfilments({ title, items }: FulfilmentsProps) {
  const { t } = useTranslation();
  const { hidden, later, again } = useStepsWithUndo();
  const shown = items.filter(({ id }) => !hidden.has(id));
  if (shown.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-label={title}>
      <Title order={2}>{title}</Title>
      {shown.map((one) => (
        <FulfilmentCard
          key={one.id}
          one={one}
          onAccept={() => later(one.id, t("queue.accepted", { number: one.order_number }), () => accept(one.id))}
          onReject={(reason) =>
            later(one.id, t("queue.rejected", { number: one.order_number }), () => reject(one.id, reason))
          }
          onChanged={() => void again()}
        />
      ))}
    </Stack>
  );
}
