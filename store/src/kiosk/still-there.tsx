import { Button, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { startOver } from "./leave-nothing.ts";
import { useIdle } from "./use-idle.ts";

/** Asks before it forgets: somebody may be reading. Any touch is an answer. */
export function StillThere() {
  const { t } = useTranslation();
  const left = useIdle();
  return (
    <Modal
      opened={left !== null}
      onClose={() => {}}
      withCloseButton={false}
      centered
      title={t("idle.title")}
      transitionProps={{ duration: 0 }}
    >
      <Stack>
        <Text role="timer">{t("idle.text", { count: left ?? 0 })}</Text>
        <Button>{t("idle.here")}</Button>
        <Button variant="default" onClick={startOver}>
          {t("nav.startOver")}
        </Button>
      </Stack>
    </Modal>
  );
}
