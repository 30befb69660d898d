import { Button, Group, Loader, Paper, Skeleton, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useFormat } from "../../i18n/format.ts";
import { ErrorNotice } from "../../parts/notices.tsx";
import { Person } from "../../parts/person.tsx";
import type { Counting, Everybody } from "./use-preview.ts";

interface PreviewPanelProps {
  readonly counting: Counting;
  /** Whether what is wrong is said beside a sentence already. */
  readonly isTold: boolean;
}

/** How many people this is right now, and ten of them, while one still writes it. */
export function PreviewPanel({ counting, isTold }: PreviewPanelProps) {
  const { t } = useTranslation();
  return (
    <Paper
      component="section"
      p="md"
      aria-label={t("segments.preview")}
      aria-live="polite"
      aria-busy={counting.state === "counting"}
    >
      <Stack gap="sm" mih={96}>
        <Size counting={counting} />
        {counting.state === "failed" && !isTold ? <ErrorNotice error={counting.error} retry={counting.retry} /> : null}
        {counting.state === "away" ? (
          <Button size="compact-sm" variant="default" onClick={counting.retry}>
            {t("action.retry")}
          </Button>
        ) : null}
        {counting.state === "counted" && !counting.preview.exact ? <CountEverybody {...counting.everybody} /> : null}
        {counting.state === "counting" ? <People /> : null}
        {counting.state === "counted"
          ? counting.preview.sample.map((person) => (
              <Person
                key={person.profile_id}
                id={person.profile_id}
                name={person.name}
                detail={person.email}
                size={26}
              />
            ))
          : null}
      </Stack>
    </Paper>
  );
}

function Size({ counting }: { readonly counting: Counting }) {
  const { t } = useTranslation();
  const format = useFormat();
  const size = counting.state === "counted" ? counting.preview.size : null;
  const isReckoned = counting.state === "counted" && !counting.preview.exact;
  return (
    <div>
      <Group gap="xs" mih={36}>
        {counting.state === "counting" ? (
          <Loader size="sm" color="gray" />
        ) : (
          <Text fz={32} fw={700} lh={1.1}>
            {aboutOf(counting)}
            {size === null ? "–" : format.number(size)}
          </Text>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {isReckoned
          ? t("builder.reckoned")
          : size === 0
            ? t("segments.nobody")
            : size === null
              ? t(`builder.counting.${counting.state as Exclude<Counting["state"], "counted">}`)
              : t("segments.peopleNow", { count: size })}
      </Text>
    </div>
  );
}

function CountEverybody({ isCounting, error, ask }: Everybody) {
  const { t } = useTranslation();
  return (
    <div>
      <Button size="compact-sm" variant="default" loading={isCounting} onClick={ask}>
        {t("builder.countEverybody")}
      </Button>
      {error ? <ErrorNotice error={error} retry={ask} /> : null}
    </div>
  );
}

/** As many lines as will stand here, so that nothing jumps. */
function People() {
  return (
    <Stack gap="sm" className="kilim-late" aria-hidden>
      {Array.from({ length: 5 }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Skeleton key={line} height={34} />
      ))}
    </Stack>
  );
}

function aboutOf(counting: Counting): string {
  return counting.state === "counted" && !counting.preview.exact ? "≈ " : "";
}

/** The number in one line, where the panel stands below what is being written. */
export function CountLine({ counting }: { readonly counting: Counting }) {
  const { t } = useTranslation();
  const format = useFormat();
  const size = counting.state === "counted" ? counting.preview.size : null;
  const about = aboutOf(counting);
  return (
    <Text size="sm" hiddenFrom="md" aria-hidden>
      {size === null ? "…" : t("segments.people", { count: size, shown: `${about}${format.number(size)}` })}
    </Text>
  );
}
