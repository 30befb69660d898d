import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useLabel } from "../i18n/label.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { SUPPRESSIONS, type SuppressionView } from "./queries.ts";

interface LiftProps {
  readonly suppression: SuppressionView;
  readonly onClose: () => void;
}

/** Messages may go there again: asked first, with why it was stopped. */
export function LiftSuppression({ suppression, onClose }: LiftProps) {
  const { t, i18n } = useTranslation();
  const label = useLabel();
  const client = useQueryClient();
  const { channel, address, reason } = suppression;
  const why = `suppressions.why.${reason}`;
  const lift = useMutation({
    mutationFn: () => call("POST", "/v1/suppressions/lift", { channel, address }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: SUPPRESSIONS });
      announce(t("suppressions.lifted", { address }));
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ "aria-label": t("action.close") }}
      title={t("suppressions.liftTitle")}
    >
      <Stack gap="md">
        {i18n.exists(why) ? <Text size="sm">{(t as (key: string) => string)(why)}</Text> : null}
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {t("suppressions.liftText", { address, channel: label("channel", channel) })}
        </Text>
        {lift.isError ? <ErrorNotice error={lift.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("suppressions.keep")}
          </Button>
          <Button color="kilim" loading={lift.isPending} onClick={() => lift.mutate()}>
            {t("suppressions.lift")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
