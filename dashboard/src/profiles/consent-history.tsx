import { Badge, Drawer, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { ChoiceView } from "../../../server/src/consent/contracts.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { humanise, useLabel } from "../i18n/label.ts";
import { DataTable } from "../parts/data-table.tsx";
import { EmptyNotice } from "../parts/notices.tsx";
import { When } from "../parts/when.tsx";

interface HistoryProps {
  readonly profileId: string;
  readonly onClose: () => void;
}

/** Every choice a person has made, the newest first, with what proves it. */
export function ConsentHistory({ profileId, onClose }: HistoryProps) {
  const { t } = useTranslation();
  const choices = usePages<ChoiceView>(
    ["profile", profileId, "choices"],
    `/v1/profiles/${encodeURIComponent(profileId)}/consent`,
  );
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={t("profile.consentHistory")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <DataTable
        label={t("profile.consentHistory")}
        source={choices}
        rows={itemsOf(choices.data)}
        rowId={(choice) => choice.key}
        columns={[
          {
            id: "choice",
            header: t("profile.choice"),
            grow: true,
            cell: (choice) => <Choice choice={choice} />,
          },
          { id: "when", header: t("profile.choiceAt"), align: "right", cell: ({ at }) => <When at={at} /> },
        ]}
        empty={<EmptyNotice title={t("profile.noChoices")} />}
      />
    </Drawer>
  );
}

function Choice({ choice }: { readonly choice: ChoiceView }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { channel, purpose, state, source, wording, proof } = choice;
  const shown = Object.entries(proof).filter(([, value]) => value !== null && value !== "");
  return (
    <Stack gap={2} py={4}>
      <Group gap="xs">
        <Badge color={state === "granted" ? "teal" : "kilim"} variant="light" radius="sm" tt="none">
          {t(state === "granted" ? "profile.granted" : "profile.denied")}
        </Badge>
        <Text size="sm">
          {label("channel", channel)} ·{" "}
          {purpose === "transactional" || purpose === "marketing" ? t(`messages.${purpose}`) : humanise(purpose)}
        </Text>
      </Group>
      <Text size="xs" c="dimmed">
        {source}
      </Text>
      {wording ? (
        <Text size="xs" style={{ overflowWrap: "anywhere" }}>
          “{wording}”
        </Text>
      ) : null}
      {shown.map(([name, value]) => (
        <Text key={name} size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {humanise(name)}: {String(value)}
        </Text>
      ))}
    </Stack>
  );
}
