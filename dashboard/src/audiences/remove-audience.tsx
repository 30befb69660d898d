import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { type AdAudienceView, AUDIENCES } from "./queries.ts";

interface RemoveProps {
  readonly audience: AdAudienceView;
  readonly onClose: () => void;
}

/** It reaches out of the house: the network is told to forget everybody. */
export function RemoveAudience({ audience, onClose }: RemoveProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => call("DELETE", `/v1/audiences/${audience.id}`),
    onSuccess: async () => {
      await navigate({ to: "/messages/audiences" });
      await client.invalidateQueries({ queryKey: AUDIENCES });
    },
  });
  // Emptied, and the network still looks into it; or it cannot be told.
  const isGivenUp =
    audience.state === "leaving" && (audience.last_error !== null || audience.members + audience.waiting === 0);
  const text = isGivenUp
    ? audience.last_error === null
      ? "audiences.removeEarlyText"
      : "audiences.removeForceText"
    : audience.account_id === null
      ? "audiences.removeFilesText"
      : null;
  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ "aria-label": t("action.close") }}
      title={t("audiences.remove")}
    >
      <Stack gap="md">
        <Text size="sm">
          {text === null
            ? t("audiences.removeText", { count: audience.told, shown: format.number(audience.told) })
            : t(text)}
        </Text>
        {remove.isError ? <ErrorNotice error={remove.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("audiences.keep")}
          </Button>
          <Button
            color="kilim"
            loading={remove.isPending}
            disabled={audience.state === "leaving" && !isGivenUp}
            onClick={() => remove.mutate()}
          >
            {t("audiences.remove")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
