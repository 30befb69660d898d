import { Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useSeparate } from "./use-separate.ts";

interface SeparateDialogProps {
  readonly profileId: string;
  readonly from: string;
  readonly onClose: () => void;
}

/** Says what a separation gives back and what stays, then does it. */
export function SeparateDialog({ profileId, from, onClose }: SeparateDialogProps) {
  const { t } = useTranslation();
  const separate = useSeparate(onClose);
  return (
    <Modal opened onClose={onClose} title={t("merging.separateTitle")} size="lg">
      <Stack gap="md">
        <Text size="sm">{t("merging.separateText")}</Text>
        <List size="sm" spacing={4}>
          <List.Item>{t("merging.gets")}</List.Item>
          <List.Item>{t("merging.since")}</List.Item>
          <List.Item>{t("merging.stays")}</List.Item>
          <List.Item>{t("merging.apartText")}</List.Item>
        </List>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("merging.cancel")}
          </Button>
          <Button loading={separate.isPending} onClick={() => separate.mutate({ profile: profileId, from })}>
            {t("merging.separate")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
