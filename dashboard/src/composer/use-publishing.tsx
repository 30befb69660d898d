import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import type { CheckView } from "../../../server/src/messages/contracts.ts";
import { call } from "../api/http.ts";
import { FindingList } from "./finding-list.tsx";
import type { Draft } from "./use-draft.ts";

interface Publishing {
  /** Looks the text over, and publishes it when nothing stands against it or whoever asks has read what does. */
  begin(): void;
  readonly isLooking: boolean;
  readonly error: unknown;
  readonly dialog: ReactNode;
}

/** Errors are mended first; warnings may pass. */
export function usePublishing(templateId: string, draft: Draft, publish: () => void): Publishing {
  const { t } = useTranslation();
  const [found, setFound] = useState<CheckView["findings"]>([]);
  const check = useMutation({
    mutationFn: () =>
      call<CheckView>("POST", `/v1/templates/${templateId}/check`, {
        purpose: draft.purpose,
        contents: draft.contents,
      }),
    onSuccess: ({ findings }) => (findings.length === 0 ? publish() : setFound(findings)),
  });
  const isStopped = found.some(({ severity }) => severity === "error");
  const close = () => setFound([]);
  return {
    begin: () => check.mutate(),
    isLooking: check.isPending,
    error: check.error,
    dialog: (
      <Modal
        opened={found.length > 0}
        onClose={close}
        closeButtonProps={{ "aria-label": t("action.close") }}
        title={isStopped ? t("composer.stopped") : t("composer.findings", { count: found.length })}
      >
        <Stack gap="md">
          {isStopped ? <Text size="sm">{t("composer.stoppedText")}</Text> : null}
          <FindingList findings={found} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t("composer.goOn")}
            </Button>
            {isStopped ? null : (
              <Button
                onClick={() => {
                  close();
                  publish();
                }}
              >
                {t("composer.publishAnyway")}
              </Button>
            )}
          </Group>
        </Stack>
      </Modal>
    ),
  };
}
