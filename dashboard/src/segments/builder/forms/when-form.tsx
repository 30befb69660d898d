import { Divider, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { DurationInput } from "../../duration-input.tsx";
import { PERIODS, type Period, type When } from "../../sentences/conditions.ts";
import { textOf } from "../../sentences/phrase.ts";
import { firstDayAfter, lastDay, sayPeriod, sayWhen } from "../../sentences/say-values.ts";
import { useBuilder } from "../context.ts";
import { PickList } from "../pick-list.tsx";
import { Form } from "./parts.tsx";

interface WhenFormProps {
  readonly when: When;
  readonly onChange: (when: When) => void;
  readonly onDone: () => void;
  /** Whether it can be said in words of the calendar. */
  readonly hasCalendar: boolean;
}

const WINDOWS = ["P1D", "P7D", "P14D", "P30D", "P90D", "P180D", "P365D"];

/** A window that goes with the time, words of the calendar, or two days. */
export function WhenForm({ when, onChange, onDone, hasCalendar }: WhenFormProps) {
  const { t } = useTranslation();
  const { speaker } = useBuilder();
  const choices = [
    { key: "ever", label: t("builder.ever") },
    ...WINDOWS.map((within) => ({
      key: within,
      label: textOf(sayWhen({ within }, speaker)),
      family: t("builder.rolling"),
    })),
    ...(hasCalendar ? PERIODS : []).map((period) => ({
      key: period as string,
      label: sayPeriod(period, speaker),
      family: t("builder.calendar"),
    })),
  ];
  const pick = (key: string) => {
    const period = PERIODS.find((one) => one === key);
    onChange(key === "ever" ? {} : period ? { during: period } : { within: key });
    onDone();
  };
  return (
    <>
      <PickList label={t("builder.window")} choices={choices} onPick={({ key }) => pick(key)} />
      <Divider my="xs" />
      <Form onDone={onDone}>
        <Group gap={6}>
          <Text size="sm">{t("builder.inTheLast")}</Text>
          <DurationInput
            label={t("builder.window")}
            value={when.within ?? "P30D"}
            onChange={(within) => onChange({ within })}
          />
        </Group>
        {hasCalendar ? <BetweenFields period={when.during} onChange={(during) => onChange({ during })} /> : null}
      </Form>
    </>
  );
}

interface BetweenProps {
  readonly period: Period | undefined;
  readonly onChange: (period: Period) => void;
}

/** From a day to a day, both included; told once both are there. */
export function BetweenFields({ period, onChange }: BetweenProps) {
  const { t } = useTranslation();
  const given = typeof period === "object" ? period : undefined;
  const [from, setFrom] = useState(given?.from.slice(0, 10) ?? "");
  const [to, setTo] = useState(given ? lastDay(given.until.slice(0, 10)) : "");
  const tell = (first: string, last: string) => {
    setFrom(first);
    setTo(last);
    if (first !== "" && last !== "") onChange({ from: first, until: firstDayAfter(last) });
  };
  return (
    <Group gap="xs" grow>
      <TextInput
        type="date"
        size="xs"
        label={t("builder.from")}
        value={from}
        onChange={(event) => tell(event.currentTarget.value, to)}
      />
      <TextInput
        type="date"
        size="xs"
        label={t("builder.to")}
        value={to}
        onChange={(event) => tell(from, event.currentTarget.value)}
      />
    </Group>
  );
}

interface PeriodFieldsProps {
  readonly period: Period;
  readonly onChange: (period: Period) => void;
  readonly onDone: () => void;
}

/** Words of the calendar, or two days. */
export function PeriodFields({ period, onChange, onDone }: PeriodFieldsProps) {
  const { t } = useTranslation();
  const { speaker } = useBuilder();
  return (
    <>
      <PickList
        label={t("builder.calendar")}
        choices={PERIODS.map((key) => ({ key, label: sayPeriod(key, speaker) }))}
        chosen={typeof period === "string" ? period : undefined}
        onPick={({ key }) => {
          onChange(key);
          onDone();
        }}
      />
      <BetweenFields period={period} onChange={onChange} />
    </>
  );
}
