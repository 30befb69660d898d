import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { JourneyView } from "./wire.ts";

interface ArchiveButtonProps {
  readonly journey: JourneyView;
  readonly loading: boolean;
  readonly onArchive: () => void;
}

/** For ever: it says first what that means for those inside. */
export function ArchiveButton({ journey, loading, onArchive }: ArchiveButtonProps) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button variant="subtle" color="gray" loading={loading} onClick={() => setAsking(true)}>
        {t("action.archive")}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t("journeys.archiveTitle", { name: journey.name })}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        <Stack gap="md">
          <Text size="sm">
            {journey.active > 0 ? `${t("journeys.archiveInside", { count: journey.active })} ` : ""}
            {t("journeys.archiveText")}
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
              {t("journeys.keep")}
            </Button>
            <Button
              loading={loading}
              onClick={() => {
                setAsking(false);
                onArchive();
              }}
            >
              {t("journeys.archiveForGood")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
