import { Checkbox, Group, NumberInput, Select, Stack, TagsInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { IdentifierType } from "./queries.ts";
import { isBuiltIn } from "./type-name.ts";

interface TypeFieldsProps {
  readonly type: IdentifierType;
  readonly onChange: (type: IdentifierType) => void;
}

const WINDOWS = ["ever", "annual", "monthly", "weekly"] as const;
const A_MONTH = 30;

export function TypeFields({ type, onChange }: TypeFieldsProps) {
  const { t } = useTranslation();
  const change = (part: Partial<IdentifierType>) => onChange({ ...type, ...part });
  const isDevice = type.type === "device_id" || type.type === "anonymous_id";
  return (
    <Stack gap="sm" pl={38} pb="xs">
      <Group gap="sm" align="flex-start">
        <NumberInput
          label={t("identity.limit")}
          w={100}
          min={1}
          max={1000}
          clampBehavior="strict"
          value={type.limit}
          onChange={(limit) => change({ limit: Number(limit) || 1 })}
        />
        <Select
          label={t("identity.within")}
          w={150}
          allowDeselect={false}
          data={WINDOWS.map((value) => ({ value, label: t(`identity.window.${value}`) }))}
          value={type.window}
          onChange={(window) => change({ window: WINDOWS.find((one) => one === window) ?? type.window })}
        />
        <NumberInput
          label={t("identity.alarmPeople")}
          placeholder={t("identity.noAlarm")}
          w={230}
          min={1}
          max={10_000}
          clampBehavior="strict"
          value={type.alarm?.people ?? ""}
          onChange={(people) =>
            change({ alarm: Number(people) > 0 ? { days: A_MONTH, ...type.alarm, people: Number(people) } : null })
          }
        />
        {type.alarm ? (
          <NumberInput
            label={t("identity.alarmDays")}
            w={110}
            min={1}
            max={365}
            clampBehavior="strict"
            value={type.alarm.days}
            onChange={(days) => type.alarm && change({ alarm: { ...type.alarm, days: Number(days) || A_MONTH } })}
          />
        ) : null}
      </Group>
      {isDevice || type.type === "user_id" ? null : (
        <Checkbox
          label={t("identity.isKnown")}
          checked={type.identifies}
          onChange={(event) => change({ identifies: event.currentTarget.checked })}
        />
      )}
      {isBuiltIn(type.type) ? null : (
        <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
          <TagsInput
            label={t("identity.traits")}
            description={t("identity.keysText")}
            maxTags={10}
            value={[...type.traits]}
            onChange={(traits) => change({ traits })}
          />
          <TagsInput
            label={t("identity.properties")}
            description={t("identity.keysText")}
            maxTags={10}
            value={[...type.properties]}
            onChange={(properties) => change({ properties })}
          />
        </Group>
      )}
    </Stack>
  );
}
