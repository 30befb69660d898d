import { ActionIcon, Popover, Table, Text } from "@mantine/core";
import { IconKeyboard } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { Keys } from "../../shell/keys.tsx";

const KEYS = [
  ["add", "a"],
  ["open", "enter"],
  ["walk", "← → ↑ ↓"],
  ["remove", "backspace"],
  ["move", "alt+↑ alt+↓"],
  ["undo", "mod+z"],
  ["redo", "mod+y"],
  ["copy", "mod+c"],
  ["paste", "mod+v"],
] as const;

/** What the keyboard does here. */
export function KeysHelp() {
  const { t } = useTranslation();
  return (
    <Popover position="bottom-end" shadow="md" width={330} returnFocus trapFocus>
      <Popover.Target>
        <ActionIcon variant="default" size={30} aria-label={t("builder.keys.title")}>
          <IconKeyboard size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={t("builder.keys.title")}>
        <Table verticalSpacing={4} aria-label={t("builder.keys.title")}>
          <Table.Tbody>
            {KEYS.map(([what, keys]) => (
              <Table.Tr key={what}>
                <Table.Td>
                  <Text size="sm">{t(`builder.keys.${what}`)}</Text>
                </Table.Td>
                <Table.Td>
                  <Keys keys={keys} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Popover.Dropdown>
    </Popover>
  );
}
