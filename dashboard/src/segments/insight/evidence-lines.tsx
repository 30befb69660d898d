import { List, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Evidence } from "../../../../server/src/segments/contracts.ts";
import { useFormat } from "../../i18n/format.ts";
import { humanise, useLabel } from "../../i18n/label.ts";
import { TextLink } from "../../parts/link.tsx";

/** What decides a condition: the events, the values, the consent or the list, each with its time. */
export function EvidenceLines({ evidence }: { readonly evidence: Evidence }) {
  const { t } = useTranslation();
  const format = useFormat();
  switch (evidence.kind) {
    case "events":
      return <Events evidence={evidence} />;
    case "values":
      return evidence.values.length === 0 ? (
        <Line>{t("segmentPage.evidence.noValue")}</Line>
      ) : (
        evidence.values.map(({ name, value }, n) => (
          <Line key={`${name}-${String(n)}`}>
            {humanise(name.replaceAll(".", " "))}: <b>{String(value)}</b>
          </Line>
        ))
      );
    case "consent":
      return (
        <Line>
          {t(`consentState.${evidence.state}`)}
          {evidence.at ? ` · ${format.moment(evidence.at)}` : ""}
          {evidence.source ? ` · ${evidence.source}` : ""}
        </Line>
      );
    case "place":
      return (
        <Line>
          {evidence.km === null
            ? t("segmentPage.evidence.nowhere")
            : t("segmentPage.evidence.away", { km: format.number(evidence.km) })}
        </Line>
      );
    case "list":
      return (
        <Line>
          <TextLink to="/segments/lists/$id" params={{ id: evidence.list.id }} size="xs" underline="always">
            {evidence.list.name}
          </TextLink>
          {": "}
          {evidence.added_at
            ? t("segmentPage.evidence.listed", { at: format.moment(evidence.added_at) })
            : t("segmentPage.evidence.notListed")}
        </Line>
      );
  }
}

function Events({ evidence }: { readonly evidence: Extract<Evidence, { kind: "events" }> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const sum = evidence.sum === null ? "" : ` · ${t("segmentPage.evidence.sum", { sum: format.number(evidence.sum) })}`;
  return (
    <>
      <Line>
        {t(evidence.more ? "segmentPage.evidence.foundAtLeast" : "segmentPage.evidence.found", {
          count: evidence.found,
          shown: format.number(evidence.found),
        })}
        {sum}
      </Line>
      <List size="xs" spacing={2}>
        {evidence.events.map((event) => (
          <List.Item key={event.message_id} c={event.counts ? "var(--mantine-color-text)" : "dimmed"}>
            {label("event", event.event)} · {label("channel", event.channel)} · {format.moment(event.timestamp)}
            {Object.entries(event.properties).map(
              ([name, value]) => ` · ${humanise(name)}: ${[value].flat().join(", ")}`,
            )}
            {event.counts ? "" : ` · ${t("segmentPage.evidence.doesNotCount")}`}
          </List.Item>
        ))}
      </List>
    </>
  );
}

function Line({ children }: { readonly children: ReactNode }) {
  return (
    <Text size="xs" style={{ overflowWrap: "anywhere" }}>
      {children}
    </Text>
  );
}
