import { Alert, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../../api/live-queries.ts";
import { useFormat } from "../../i18n/format.ts";
import { TextLink } from "../../parts/link.tsx";
import { Person } from "../../parts/person.tsx";
import { QueryView } from "../../parts/query-view.tsx";
import { useDescribeCondition } from "../describe-condition.ts";
import type { Condition } from "../segment-tree.ts";
import { EvidenceLines } from "./evidence-lines.tsx";
import classes from "./insight.module.css";
import { type Why, whyQuery } from "./queries.ts";

/** The whole answer for one person, live: what she does next is in it a moment later. */
export function WhyAnswer({ segmentId, person }: { readonly segmentId: string; readonly person: string }) {
  const { t } = useTranslation();
  const query = whyQuery(segmentId, person);
  const why = useQuery(query);
  useLiveQueries({ profiles: [person], topics: ["segment"] }, [query.queryKey]);
  return (
    <QueryView query={why} height={220}>
      {(answer) => (
        <Stack gap="md" aria-live="polite">
          <Verdict why={answer} />
          {answer.is_being_replaced ? <Alert color="indigo">{t("segmentPage.beingReplaced")}</Alert> : null}
          {answer.history === "away" ? <Alert color="orange">{t("segmentPage.historyAway")}</Alert> : null}
          <Stack gap={6} component="ol" m={0} p={0} style={{ listStyle: "none" }}>
            {answer.conditions.map((place) => (
              <Place key={place.path} place={place} />
            ))}
          </Stack>
        </Stack>
      )}
    </QueryView>
  );
}

function Verdict({ why }: { readonly why: Why }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { person, is_member: isMember, entered_at: since, changes_at: at } = why;
  const words =
    isMember === null
      ? t("segmentPage.verdict.filling")
      : isMember
        ? t("segmentPage.verdict.in", { since: since ? format.moment(since) : "" })
        : t("segmentPage.verdict.out");
  const next = at
    ? t(why.holds ? "segmentPage.verdict.leaves" : "segmentPage.verdict.enters", {
        at: format.moment(at),
        ago: format.ago(at),
      })
    : t(why.holds ? "segmentPage.verdict.stays" : "segmentPage.verdict.needsMore");
  return (
    <Stack gap="xs">
      <Person id={person.profile_id} name={person.name} detail={person.email} />
      <Text fw={600}>{words}</Text>
      <Text size="sm">{next}</Text>
    </Stack>
  );
}

function Place({ place }: { readonly place: Why["conditions"][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useDescribeCondition(place.condition);
  const { kind, condition, segment, holds, changes_at: at, evidence, depth } = place;
  const Mark = holds ? IconCheck : IconX;
  return (
    <li
      className={classes.condition}
      style={{ "--depth": depth } as CSSProperties}
      {...(holds ? { "data-holds": "" } : {})}
    >
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Mark
          size={18}
          stroke={2.2}
          color={`var(--mantine-color-${holds ? "teal" : "gray"}-6)`}
          role="img"
          aria-label={t(holds ? "segmentPage.true" : "segmentPage.untrue")}
          style={{ flex: "none", marginTop: 1 }}
        />
        <Stack gap={4} miw={0}>
          <Text size="sm" fw={kind === "leaf" ? 500 : 600} style={{ overflowWrap: "anywhere" }}>
            {kind === "leaf" && condition ? describe(condition as Condition) : null}
            {kind === "all" || kind === "any" || kind === "not" ? t(`segmentPage.group.${kind}`) : null}
            {segment ? (
              <>
                {t("segmentPage.isIn")}{" "}
                <TextLink to="/segments/$id" params={{ id: segment.id }} underline="always">
                  {segment.name}
                </TextLink>
              </>
            ) : null}
          </Text>
          {at ? (
            <Text size="xs" c="dimmed">
              {t("segmentPage.until", { at: format.moment(at), ago: format.ago(at) })}
            </Text>
          ) : null}
          {evidence ? <EvidenceLines evidence={evidence} /> : null}
        </Stack>
      </Group>
    </li>
  );
}
