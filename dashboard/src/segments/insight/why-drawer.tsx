import { Drawer, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { segmentsQuery } from "../queries.ts";
import { WhyAnswer } from "./why-answer.tsx";

interface WhyDrawerProps {
  readonly person: string;
  /** The segment asked about; any other text lets one be chosen, undefined is closed. */
  readonly segment: string | undefined;
  readonly onChoose: (segment: string | undefined) => void;
}

/** Beside a person: why in this segment, or why not. */
export function WhyDrawer({ person, segment, onChoose }: WhyDrawerProps) {
  const { t } = useTranslation();
  const segments = useQuery({ ...segmentsQuery, enabled: segment !== undefined });
  const chosen = segments.data?.items.find((one) => one.id === segment);
  return (
    <Drawer
      opened={segment !== undefined}
      onClose={() => onChoose(undefined)}
      closeButtonProps={{ "aria-label": t("action.close") }}
      position="right"
      size="lg"
      title={t("segmentPage.whyNot")}
    >
      <Stack gap="md">
        <Select
          label={t("segmentPage.whichSegment")}
          searchable
          data={segments.data?.items.map((one) => ({ value: one.id, label: one.name })) ?? []}
          value={chosen?.id ?? null}
          onChange={(id) => onChoose(id ?? "choose")}
        />
        {chosen ? (
          <WhyAnswer segmentId={chosen.id} person={person} />
        ) : (
          <Text size="sm" c="dimmed">
            {t("segmentPage.whyEmptyText")}
          </Text>
        )}
      </Stack>
    </Drawer>
  );
}
