import { Box, Button, Group, Text, TextInput } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { isTyping } from "../shell/key-handler.ts";
import classes from "./rehearsal.module.css";
import { type Moment, moved, type Position } from "./rehearsal-moment.ts";

interface RehearsalWalkProps {
  readonly moment: Moment;
  readonly onGo: (position: Position) => void;
}

const STEPS_BY_KEY = new Map([
  ["ArrowLeft", -1],
  ["ArrowRight", 1],
  ["End", Number.POSITIVE_INFINITY],
]);

/** The clock of a rehearsal, and the ways to move it. */
export function RehearsalWalk({ moment, onGo }: RehearsalWalkProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const go = (by: number) => onGo(moved(moment, by));
  useWalkKeys(go);
  const isBegin = moment.reached <= 1;
  return (
    <Box className={classes.walk ?? ""} role="group" aria-label={t("rehearsal.walk")}>
      <Box aria-live="polite" aria-atomic>
        <Text size="xl" fw={650} className={classes.clock ?? ""}>
          {moment.clock ? format.moment(moment.clock) : "–"}
        </Text>
        <Text size="xs" c="dimmed">
          {moment.reached === 0
            ? t("rehearsal.nothingYet")
            : t("rehearsal.stepOf", { step: moment.reached, steps: moment.of })}
        </Text>
      </Box>
      <Group gap="xs" align="flex-end" mt="xs">
        <Button variant="default" leftSection={<IconChevronLeft size={16} />} {...unless(isBegin, () => go(-1))}>
          {t("rehearsal.back")}
        </Button>
        <Button variant="default" rightSection={<IconChevronRight size={16} />} {...unless(moment.isEnd, () => go(1))}>
          {t("rehearsal.next")}
        </Button>
        <Button variant="subtle" {...unless(moment.isEnd, () => onGo({}))}>
          {t("rehearsal.toEnd")}
        </Button>
        <TextInput
          type="datetime-local"
          label={`${t("rehearsal.until")} (UTC)`}
          style={{ flex: "1 1 200px" }}
          value={moment.clock?.slice(0, 16) ?? ""}
          onChange={(event) => event.currentTarget.value && onGo({ until: event.currentTarget.value })}
        />
      </Group>
    </Box>
  );
}

/** A button that leads nowhere keeps the focus, so that the keys go on. */
function unless(isIdle: boolean, run: () => void) {
  return isIdle ? { "data-disabled": true, "aria-disabled": true } : { onClick: run };
}

function useWalkKeys(go: (by: number) => void): void {
  const latest = useRef(go);
  latest.current = go;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const by = STEPS_BY_KEY.get(event.key);
      const isChord = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
      if (by === undefined || isChord || event.defaultPrevented || isTyping(event.target)) return;
      event.preventDefault();
      latest.current(by);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
