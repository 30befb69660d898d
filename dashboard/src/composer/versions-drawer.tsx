import { Badge, Button, Drawer, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { TemplateVersion, TemplateView, VersionView } from "../../../server/src/messages/contracts.ts";
import { call, get } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { When } from "../parts/when.tsx";
import { announce } from "../shell/announce.ts";
import { diffLines } from "./diff-lines.ts";
import { versionsQuery } from "./queries.ts";
import classes from "./versions-drawer.module.css";

interface VersionsDrawerProps {
  readonly template: TemplateView;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onRestored: (template: TemplateView) => void;
}

/** Every version with its author; what differs from the published one; a way back. */
export function VersionsDrawer({ template, isOpen, onClose, onRestored }: VersionsDrawerProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const versions = useQuery({ ...versionsQuery(template.id), enabled: isOpen });
  const [compared, setCompared] = useState<number | null>(null);
  const restore = useMutation({
    mutationFn: (version: number) =>
      call<TemplateView>("POST", `/v1/templates/${template.id}/versions/${version}/restore`),
    onSuccess: async (view, version) => {
      await client.invalidateQueries({ queryKey: ["templates"] });
      announce(t("composer.restored", { version }));
      onRestored(view);
      onClose();
    },
  });
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      size="xl"
      title={t("composer.versions")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {versions.isPending ? <Skeleton height={240} /> : null}
      {versions.isError ? <ErrorNotice error={versions.error} /> : null}
      {restore.isError ? <ErrorNotice error={restore.error} /> : null}
      <Stack gap="md">
        {versions.data?.items.map((version) => (
          <section key={version.version}>
            <Group justify="space-between" align="flex-start">
              <Said version={version} isCurrent={version.version === template.version} />
              {version.version === template.version ? null : (
                <Group gap="xs">
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    onClick={() => setCompared(compared === version.version ? null : version.version)}
                  >
                    {t("composer.compare")}
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="default"
                    loading={restore.isPending && restore.variables === version.version}
                    onClick={() => restore.mutate(version.version)}
                  >
                    {t("composer.restore")}
                  </Button>
                </Group>
              )}
            </Group>
            {compared === version.version ? <Compared template={template} version={version.version} /> : null}
          </section>
        ))}
      </Stack>
    </Drawer>
  );
}

function Said({ version, isCurrent }: { readonly version: TemplateVersion; readonly isCurrent: boolean }) {
  const { t } = useTranslation();
  return (
    <div>
      <Group gap="xs">
        <Title order={3}>{t("composer.version", { version: version.version })}</Title>
        {isCurrent ? <Badge variant="default">{t("messages.publish")}</Badge> : null}
      </Group>
      <Text size="sm" c="dimmed" component="div">
        <When at={version.published_at} size="sm" c="dimmed" />{" "}
        {t("composer.by", { author: version.author || t("composer.system") })}
        {version.note ? ` · ${version.note}` : ""}
      </Text>
    </div>
  );
}

function Compared({ template, version }: { readonly template: TemplateView; readonly version: number }) {
  const { t } = useTranslation();
  const old = useQuery({
    queryKey: ["templates", template.id, "versions", version],
    queryFn: () => get<VersionView>(`/v1/templates/${template.id}/versions/${version}`),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!old.data) return <Skeleton height={80} mt="xs" />;
  const lines = diffLines(textOf(old.data.contents), textOf(template.contents)).filter(({ side }) => side !== "same");
  if (lines.length === 0) return <Text size="sm">{t("composer.same")}</Text>;
  return (
    <pre className={classes.diff}>
      {lines.map(({ side, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines repeat and never move
        <div key={index} data-side={side}>
          {side === "old" ? "− " : "+ "}
          {text}
        </div>
      ))}
    </pre>
  );
}

function textOf(contents: object): string[] {
  return JSON.stringify(contents, null, 1).replaceAll("\\n", "\n").split("\n");
}
