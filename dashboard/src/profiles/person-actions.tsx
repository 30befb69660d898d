import { ActionIcon, Menu } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCopy, IconDots } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { ProfileView } from "./wire.ts";

/** What can be done about a person beside what the cards offer; what opens a dialog stands in the address (`?action=`). */
export function PersonActions({ profile }: { readonly profile: ProfileView }) {
  const { t } = useTranslation();
  const clipboard = useClipboard();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t("person.actions")}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => clipboard.copy(profile.id)}>
          {t("person.copyId")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
