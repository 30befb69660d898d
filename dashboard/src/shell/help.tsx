import { Group, Modal, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useAllCommands } from "./commands.ts";
import { Keys } from "./keys.tsx";

/** `?`: the keys that work on this very screen. */
export default function Help({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const commands = useAllCommands().filter((command) => command.keys !== undefined);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("command.help")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Stack gap="lg">
        {(["here", "do", "go"] as const).map((group) => {
          const members = commands.filter((command) => command.group === group);
          return members.length === 0 ? null : (
            <Stack gap="xs" key={group}>
              <Title order={2} size="h3">
                {t(`command.group.${group}`)}
              </Title>
              {members.map((command) => (
                <Group key={command.id} justify="space-between" wrap="nowrap">
                  <Text size="sm">{command.label}</Text>
                  <Keys keys={command.keys ?? ""} />
                </Group>
              ))}
            </Stack>
          );
        })}
      </Stack>
    </Modal>
  );
}
