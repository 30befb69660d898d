import { Group, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { PreviewView, ProblemView } from "../../../server/src/imports/contracts.ts";
import { useFormat } from "../i18n/format.ts";
import { useWords } from "./words.ts";

const MOST_SHOWN = 8;

interface ReasonsProps {
  readonly tried: PreviewView["tried"];
  readonly problems: readonly ProblemView[];
}

/** How many of the tried rows would be taken, and why others would not. */
export function Reasons({ tried, problems }: ReasonsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="xs">
      <Text size="sm">
        {t(tried.whole ? "imports.triedAll" : "imports.triedFirst", {
          rows: format.number(tried.rows),
          taken: format.number(tried.taken),
        })}
      </Text>
      {tried.rejected === 0 && tried.rows > 0 ? (
        <Group gap="xs" wrap="nowrap">
          <IconCircleCheck size={18} color="var(--mantine-color-teal-text)" aria-hidden />
          <Text size="sm">{t("imports.noErrors")}</Text>
        </Group>
      ) : null}
      <ReasonList reasons={tried.reasons} problems={problems} />
    </Stack>
  );
}

interface ReasonListProps {
  readonly reasons: PreviewView["tried"]["reasons"];
  readonly problems: readonly ProblemView[];
}

/** Reasons by how often they came, each with the first rows it is about. */
export function ReasonList({ reasons, problems }: ReasonListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  if (reasons.length === 0) return null;
  return (
    <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
      {reasons.slice(0, MOST_SHOWN).map(({ code, column, count, message }) => {
        const rows = problems.filter((one) => one.code === code && one.column === column).slice(0, 4);
        return (
          <Group component="li" key={`${code} ${column}`} gap="xs" wrap="nowrap" align="flex-start">
            <Text size="sm" fw={600} miw={24}>
              {format.number(count)}
            </Text>
            <div style={{ minWidth: 0 }}>
              <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                {column === null ? "" : `${column}: `}
                {words("reason", code, message)}
              </Text>
              {rows.length > 0 ? (
                <Text size="xs" c="dimmed">
                  {t("imports.inRows", { rows: rows.map(({ row }) => format.number(row)).join(", ") })}
                  {count > rows.length ? " …" : ""}
                </Text>
              ) : null}
            </div>
          </Group>
        );
      })}
    </Stack>
  );
}
