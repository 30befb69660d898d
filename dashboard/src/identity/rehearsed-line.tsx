import { ActionIcon, Badge, Checkbox, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { RehearsalAnswer } from "../../../server/src/identity/contracts.ts";
import { useLabel } from "../i18n/label.ts";
import { CHANNELS, FIELDS, type Line } from "./rehearsed-lines.ts";
import { useTypeName } from "./type-name.ts";

interface RehearsedLineProps {
  readonly line: Line;
  readonly place: number;
  readonly told: RehearsalAnswer["events"][number] | null;
  readonly onChange: (line: Line) => void;
  readonly onRemove: (() => void) | null;
}

/** One event of the rehearsal: what it carries, and whom it turned out to be about. */
export function RehearsedLine({ line, place, told, onChange, onRemove }: RehearsedLineProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const typeName = useTypeName();
  return (
    <Stack gap={4} component="fieldset" p={0} m={0} bd={0} aria-label={t("identity.event", { n: place })}>
      <Group gap={6} align="center">
        <Text size="sm" c="dimmed" w={18} ta="right">
          {place}
        </Text>
        {FIELDS.map((field) => (
          <TextInput
            key={field}
            size="xs"
            w={field === "email" ? 170 : 112}
            aria-label={typeName(field)}
            placeholder={typeName(field)}
            value={line.ids[field] ?? ""}
            onChange={(event) => onChange({ ...line, ids: { ...line.ids, [field]: event.currentTarget.value } })}
          />
        ))}
        <Select
          size="xs"
          w={96}
          allowDeselect={false}
          aria-label={t("identity.channel")}
          data={CHANNELS.map((value) => ({ value, label: label("channel", value) }))}
          value={line.channel}
          onChange={(value) => onChange({ ...line, channel: CHANNELS.find((one) => one === value) ?? line.channel })}
        />
        <Checkbox
          size="xs"
          label={t("identity.proven")}
          checked={line.isProven}
          onChange={(event) => onChange({ ...line, isProven: event.currentTarget.checked })}
        />
        {onRemove ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("identity.removeEvent", { n: place })}
            onClick={onRemove}
          >
            <IconTrash size={15} aria-hidden />
          </ActionIcon>
        ) : null}
      </Group>
      {told ? (
        <Group gap={6} pl={24}>
          <Badge variant="light" tt="none" {...(told.person === null ? { color: "gray" } : {})}>
            {told.person === null ? t("identity.nobody") : t("identity.person", { n: told.person + 1 })}
          </Badge>
          {told.left_out.map(({ type, value, reason }) => (
            <Text key={`${type}:${value}`} size="xs" c="dimmed">
              {t("identity.leftOut", { value })} ({t(`identity.reason.${reason}`)})
            </Text>
          ))}
        </Group>
      ) : null}
    </Stack>
  );
}
