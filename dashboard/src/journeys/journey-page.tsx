import { Box, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { JourneyEditor } from "./journey-editor.tsx";
import { JourneyReader } from "./journey-reader.tsx";
import { journeyQuery } from "./queries.ts";

const route = getRouteApi("/journeys/$id");

/** One journey: read with its people, or edited as a draft. Which of the two stands in the address. */
export function JourneyPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const { mode } = route.useSearch();
  const journey = useQuery(journeyQuery(id));
  useLiveQueries({ topics: ["journey"] }, [["journeys", id]]);
  if (journey.isError && !journey.data) {
    return (
      <Page title={t("nav.journeys")}>
        <ErrorNotice error={journey.error} retry={() => void journey.refetch()} />
      </Page>
    );
  }
  if (!journey.data)
    return (
      <Box p="lg">
        <Skeleton height={480} className="kilim-late" />
      </Box>
    );
  return mode === "edit" ? <JourneyEditor key={id} journey={journey.data} /> : <JourneyReader journey={journey.data} />;
}
