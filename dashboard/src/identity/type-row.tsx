import { ActionIcon, Badge, Collapse, Group, Stack, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPencil, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { IdentifierType } from "./queries.ts";
import { TypeFields } from "./type-fields.tsx";
import { isBuiltIn, useTypeName } from "./type-name.ts";

interface TypeRowProps {
  readonly type: IdentifierType;
  readonly place: number;
  readonly onChange: (type: IdentifierType) => void;
  readonly onRemove: () => void;
  readonly onStronger: (() => void) | null;
  readonly onWeaker: (() => void) | null;
}

/** One kind of identifier: what its rule says, and what changes it. */
export function TypeRow({ type, place, onChange, onRemove, onStronger, onWeaker }: TypeRowProps) {
  const { t } = useTranslation();
  const name = useTypeName()(type.type);
  const [isOpen, setOpen] = useState(false);
  return (
    <Stack gap={6}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Badge variant="default" circle mt={2}>
          {place}
        </Badge>
        <Stack gap={2} flex={1} miw={0}>
          <Group gap={6}>
            <Text fw={600} size="sm">
              {name}
            </Text>
            <Text size="xs" c="dimmed" ff="monospace">
              {type.type}
            </Text>
          </Group>
          <Text size="sm">
            {t(`identity.sentence.${type.window}`, { count: type.limit })}{" "}
            {type.identifies ? t("identity.identifies") : null}
          </Text>
          {type.alarm ? (
            <Text size="sm" c="dimmed">
              {t("identity.alarmText", { people: type.alarm.people, days: type.alarm.days })}
            </Text>
          ) : null}
        </Stack>
        <Group gap={2} wrap="nowrap">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("identity.stronger", { name })}
            disabled={!onStronger}
            onClick={() => onStronger?.()}
          >
            <IconArrowUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("identity.weaker", { name })}
            disabled={!onWeaker}
            onClick={() => onWeaker?.()}
          >
            <IconArrowDown size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant={isOpen ? "light" : "subtle"}
            color="gray"
            aria-label={t("identity.edit", { name })}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            <IconPencil size={16} aria-hidden />
          </ActionIcon>
          {isBuiltIn(type.type) ? null : (
            <ActionIcon variant="subtle" color="gray" aria-label={t("identity.remove", { name })} onClick={onRemove}>
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          )}
        </Group>
      </Group>
      <Collapse expanded={isOpen}>
        <TypeFields type={type} onChange={onChange} />
      </Collapse>
    </Stack>
  );
}
