import { Button, Group, Progress, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { Status } from "./status.tsx";
import { When } from "./when.tsx";

interface JobLineProps {
  readonly label: string;
  readonly state: "waiting" | "running" | "done" | "failed" | "cancelled" | "expired";
  readonly done: number;
  readonly total: number | null;
  readonly failure: string | null;
  readonly at: string;
  readonly onChange: (what: "cancel" | "resume") => void;
  /** What became of it, and what can be done with that. */
  readonly children?: ReactNode;
}

/** Work that goes on in the background: how far it is, cancel, resume. */
export function JobLine({ label, state, done, total, failure, at, onChange, children }: JobLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const isOpen = state === "waiting" || state === "running";
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Status value={state}>{t(`jobs.state.${state}`)}</Status>
          <Text size="sm" fw={550} style={{ overflowWrap: "anywhere" }}>
            {label}
          </Text>
          <When at={at} size="xs" c="dimmed" />
        </Group>
        {isOpen ? (
          <Button size="compact-sm" variant="default" onClick={() => onChange("cancel")}>
            {t("jobs.cancel")}
          </Button>
        ) : null}
        {state === "cancelled" || state === "failed" ? (
          <Button size="compact-sm" variant="default" onClick={() => onChange("resume")}>
            {t("jobs.resume")}
          </Button>
        ) : null}
      </Group>
      {isOpen ? (
        <Progress
          mt={6}
          size="sm"
          value={total === null || total === 0 ? 100 : (done / total) * 100}
          animated={total === null}
          aria-label={t("jobs.progress")}
        />
      ) : null}
      <Text size="xs" c="dimmed" mt={4}>
        {total === null
          ? t("jobs.rows", { count: done, shown: format.number(done) })
          : t("jobs.of", { done: format.number(done), total: format.number(total) })}
        {failure ? ` · ${t("jobs.failed", { code: failure })}` : ""}
      </Text>
      {children}
    </div>
  );
}
