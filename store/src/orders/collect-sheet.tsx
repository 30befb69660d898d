import { Button, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useReturnFocus } from "../parts/use-return-focus.ts";
import { ItemRow } from "../products/item-row.tsx";
import { Failure } from "../shell/failure.tsx";
import { collect, type QueuedFulfilment } from "./queries.ts";

interface CollectSheetProps {
  readonly fulfilment: QueuedFulfilment;
  readonly code: string;
  readonly storeId: string;
  readonly onClose: () => void;
}

/** Whoever brought the code gets what lies under it, once. */
export function CollectSheet({ fulfilment, code, storeId, onClose }: CollectSheetProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const queries = useQueryClient();
  const give = useMutation({
    mutationFn: () => collect(storeId, code),
    onSuccess: () => {
      for (const key of ["orders", "queue"]) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  const { order_number: number, profile_name: name, compartment, collector, lines } = fulfilment;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${number}${name ? ` · ${name}` : ""}`}
      centered
      closeButtonProps={{ size: 48, "aria-label": t("till.close") }}
    >
      <Stack>
        {compartment && <Text fw={650}>{t("order.lies", { place: compartment })}</Text>}
        {collector && <Text>{t("order.collector", { name: collector.name })}</Text>}
        {lines.map((line) => (
          <ItemRow key={line.position} item={line} />
        ))}
        {give.isError && <Failure error={give.error} />}
        {give.isSuccess ? (
          <Text role="status" fw={650}>
            {t("order.handedOver")}
          </Text>
        ) : (
          <Button size="xl" loading={give.isPending} onClick={() => give.mutate()}>
            {t("order.handOver")}
          </Button>
        )}
      </Stack>
    </Modal>
  );
}
