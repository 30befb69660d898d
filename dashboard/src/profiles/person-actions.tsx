import { ActionIcon, Menu } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconArrowMerge, IconCopy, IconDots, IconDownload, IconEraser } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";

import type { ProfileView } from "./wire.ts";

const route = getRouteApi("/people/$id");
const EraseDialog = lazy(async () => ({ default: (await import("../privacy/erase-dialog.tsx")).EraseDialog }));

const MergeDialog = lazy(async () => ({ default: (await import("../merging/merge-dialog.tsx")).MergeDialog }));
const SeparateDialog = lazy(async () => ({ default: (await import("../merging/separate-dialog.tsx")).SeparateDialog }));

/** What can be done about a person beside what the cards offer; what opens a dialog stands in the address (`?action=`). */
export function PersonActions({ profile }: { readonly profile: ProfileView }) {
  const { t } = useTranslation();
  const clipboard = useClipboard();
  const { action, with: other } = route.useSearch();
  const navigate = route.useNavigate();
  const open = (next: typeof action, whom?: string) =>
    void navigate({ search: (now) => ({ ...now, action: next, with: whom }), replace: true });
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={t("person.actions")}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => clipboard.copy(profile.id)}>
            {t("person.copyId")}
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowMerge size={16} aria-hidden />} onClick={() => open("merge")}>
            {t("merging.menu")}
          </Menu.Item>
          <Menu.Item
            component="a"
            href={`/v1/profiles/${profile.id}/export`}
            download
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t("privacy.export")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconEraser size={16} aria-hidden />} onClick={() => open("erase")}>
            {t("privacy.erase")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {action === "merge" ? (
        <Suspense>
          <MergeDialog
            profile={profile}
            other={other}
            onChoose={(id) => open("merge", id)}
            onClose={() => open(undefined)}
          />
        </Suspense>
      ) : null}
      {action === "separate" && other !== undefined ? (
        <Suspense>
          <SeparateDialog profileId={profile.id} from={other} onClose={() => open(undefined)} />
        </Suspense>
      ) : null}
      {action === "erase" ? (
        <Suspense>
          <EraseDialog profileId={profile.id} onClose={() => open(undefined)} />
        </Suspense>
      ) : null}
    </>
  );
}
