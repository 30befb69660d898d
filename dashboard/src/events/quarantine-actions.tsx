import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";

interface QuarantineActionsProps {
  readonly id: string;
  readonly canRetry: boolean;
  readonly onDone: () => void;
}

/** What can be done about an event that was set aside. Throwing it away cannot be undone, so it is asked. */
export function QuarantineActions({ id, canRetry, onDone }: QuarantineActionsProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, ask] = useDisclosure(false);
  const done = async (said: string) => {
    onDone();
    announce(said);
    for (const key of ["quarantine", "events"]) await client.invalidateQueries({ queryKey: [key] });
  };
  const retry = useMutation({
    mutationFn: () => call("POST", `/v1/quarantine/${id}/retry`, {}),
    onSuccess: () => done(t("quarantine.retried")),
  });
  const discard = useMutation({
    mutationFn: () => call("DELETE", `/v1/quarantine/${id}`),
    onSuccess: () => done(t("quarantine.discarded")),
  });
  return (
    <Stack gap="xs">
      {retry.isError ? <ErrorNotice error={retry.error} /> : null}
      {canRetry ? null : (
        <Text size="sm" c="dimmed">
          {t("quarantine.noRetry")}
        </Text>
      )}
      <Group gap="xs">
        {canRetry ? (
          <Button loading={retry.isPending} onClick={() => retry.mutate()}>
            {t("quarantine.retry")}
          </Button>
        ) : null}
        <Button variant="default" onClick={ask.open}>
          {t("quarantine.discard")}
        </Button>
      </Group>
      <Modal
        opened={asking}
        onClose={ask.close}
        title={t("quarantine.discard")}
        closeButtonProps={{ "aria-label": t("action.close") }}
        zIndex={300}
      >
        <Stack>
          <Text size="sm">{t("quarantine.discardText")}</Text>
          {discard.isError ? <ErrorNotice error={discard.error} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={ask.close}>
              {t("quarantine.keep")}
            </Button>
            <Button color="kilim" loading={discard.isPending} onClick={() => discard.mutate()}>
              {t("quarantine.discardNow")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}
