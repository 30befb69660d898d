import { Box, Collapse, Group, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../i18n/format.ts";
import { useLabel } from "../i18n/label.ts";
import { ToldSteps } from "../journeys/told-steps.tsx";
import { ChannelIcon } from "../parts/channel.tsx";
import { JsonView } from "../parts/json-view.tsx";
import { TextLink } from "../parts/link.tsx";
import { readFacts } from "./event-facts.ts";
import type { TimelineEvent } from "./wire.ts";

export function TimelineRow({ event, isFresh }: { readonly event: TimelineEvent; readonly isFresh: boolean }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const [opened, { toggle }] = useDisclosure(false);
  const details = useId();
  const facts = readFacts(event);
  return (
    <Box
      component="li"
      {...(isFresh ? { className: "kilim-fresh" } : {})}
      style={{ borderTop: "1px solid var(--kilim-line)" }}
    >
      <UnstyledButton w="100%" py={8} px={4} onClick={toggle} aria-expanded={opened} aria-controls={details}>
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <Text
            component="time"
            dateTime={event.timestamp}
            size="xs"
            c="dimmed"
            w={62}
            pt={2}
            style={{ flexShrink: 0 }}
          >
            {format.time(event.timestamp)}
          </Text>
          <Box pt={2} style={{ flexShrink: 0 }}>
            <ChannelIcon channel={event.channel} />
          </Box>
          <Box miw={0} flex={1}>
            <Text size="sm" fw={550} span>
              {label("event", event.event)}
            </Text>
            {facts.text ? (
              <Text size="sm" c="dimmed" span style={{ overflowWrap: "anywhere" }}>
                {"  "}
                {facts.text}
              </Text>
            ) : null}
          </Box>
          {facts.money ? (
            <Text size="sm" fw={550} style={{ whiteSpace: "nowrap" }}>
              {new Intl.NumberFormat(i18n.language, { style: "currency", currency: facts.money.currency }).format(
                facts.money.value,
              )}
            </Text>
          ) : null}
        </Group>
      </UnstyledButton>
      <Collapse expanded={opened} id={details}>
        <Box pl={60} pb="sm">
          <Text size="xs" c="dimmed" mb={4}>
            {format.moment(event.timestamp)} · {label("channel", event.channel)}
            {event.touchpoint ? ` · ${event.touchpoint}` : ""}
            {facts.link ? (
              <>
                {" · "}
                {facts.link.to === "segment" ? (
                  <TextLink underline="always" to="/segments/$id" params={{ id: facts.link.id }} size="xs">
                    {t("profile.openSegment")}
                  </TextLink>
                ) : (
                  <TextLink underline="always" to="/journeys/$id" params={{ id: facts.link.id }} size="xs">
                    {t("profile.openJourney")}
                  </TextLink>
                )}
              </>
            ) : null}
          </Text>
          {opened && event.event.startsWith("Journey ") ? <ToldSteps properties={event.properties} /> : null}
          {opened ? <JsonView value={event.properties} /> : null}
        </Box>
      </Collapse>
    </Box>
  );
}
