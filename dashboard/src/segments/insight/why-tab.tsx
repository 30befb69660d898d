import { Box, Stack } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { Card } from "../../parts/card.tsx";
import { EmptyNotice } from "../../parts/notices.tsx";
import { PersonPicker } from "../../profiles/person-picker.tsx";
import type { Segment } from "../queries.ts";
import { WhyAnswer } from "./why-answer.tsx";

const route = getRouteApi("/segments/$id");

/** Choose somebody: why is this person in, or not in, and until when. */
export function WhyTab({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation();
  const { person } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Card title={t("segmentPage.why")}>
      <Stack gap="md">
        <Box maw={420}>
          <PersonPicker
            label={t("segmentPage.whom")}
            value={person}
            onChange={(id) => void navigate({ search: (now) => ({ ...now, person: id }), replace: true })}
          />
        </Box>
        {person === undefined ? (
          <EmptyNotice title={t("segmentPage.whyEmpty")}>{t("segmentPage.whyEmptyText")}</EmptyNotice>
        ) : (
          <WhyAnswer segmentId={segment.id} person={person} />
        )}
      </Stack>
    </Card>
  );
}
