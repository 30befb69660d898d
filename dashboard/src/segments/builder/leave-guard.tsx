import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** Asks before what was written is left behind; changes of the address that stay on the page pass. */
export function LeaveGuard({ isOn }: { readonly isOn: () => boolean }) {
  const { t } = useTranslation();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isOn() && (current.pathname !== next.pathname || tabOf(current.search) !== tabOf(next.search)),
    enableBeforeUnload: isOn,
    withResolver: true,
  });
  return (
    <Modal
      opened={blocker.status === "blocked"}
      onClose={() => blocker.reset?.()}
      title={t("builder.leave.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Stack gap="md">
        <Text size="sm">{t("builder.leave.text")}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => blocker.reset?.()} data-autofocus>
            {t("builder.leave.stay")}
          </Button>
          <Button onClick={() => blocker.proceed?.()}>{t("builder.leave.go")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function tabOf(search: object): unknown {
  return "tab" in search ? search.tab : undefined;
}
