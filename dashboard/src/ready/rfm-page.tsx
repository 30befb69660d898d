import { Box, Button, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useLiveQueries } from "../api/live-queries.ts";
import { useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { ButtonLink, TextLink } from "../parts/link.tsx";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { announce } from "../shell/announce.ts";
import { type Rfm, rfmQuery } from "./queries.ts";
import { RfmBoundaries } from "./rfm-boundaries.tsx";
import { RfmGrid } from "./rfm-grid.tsx";
import { RfmGroups } from "./rfm-groups.tsx";
import classes from "./rfm-page.module.css";

/** Everybody's place by recency and frequency, what the places are called, and the boundaries between them. */
export function RfmPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const rfm = useQuery(rfmQuery);
  useLiveQueries({ topics: ["rfm"] }, [rfmQuery.queryKey]);
  const recompute = useMutation({
    mutationFn: () => call<Rfm>("POST", "/v1/segments/rfm/recompute"),
    onSuccess: (fresh) => {
      client.setQueryData(rfmQuery.queryKey, fresh);
      announce(t("rfm.recomputed"));
    },
  });
  const version = rfm.data?.version;
  return (
    <Page
      title={t("rfm.title")}
      subtitle={
        rfm.data && version
          ? t("rfm.subtitle", {
              people: format.number(version.people),
              when: format.ago(version.computed_at),
              next: format.ago(rfm.data.next_at),
            })
          : t("rfm.about")
      }
      before={
        <TextLink to="/segments" size="sm" c="dimmed">
          ‹ {t("nav.segments")}
        </TextLink>
      }
      actions={
        <>
          <ButtonLink to="/segments/ready" variant="default">
            {t("ready.title")}
          </ButtonLink>
          <Button variant="default" loading={recompute.isPending} onClick={() => recompute.mutate()}>
            {t("rfm.recompute")}
          </Button>
        </>
      }
    >
      {recompute.isError ? <ErrorNotice error={recompute.error} /> : null}
      <QueryView query={rfm} height={520}>
        {(data) =>
          data.version ? (
            <Box className={classes.columns}>
              <Stack gap="md">
                <RfmGrid rfm={data} version={data.version} />
                <RfmBoundaries version={data.version} windowDays={data.window_days} />
              </Stack>
              <RfmGroups rfm={data} />
            </Box>
          ) : (
            <Card title={t("rfm.title")}>
              <EmptyNotice title={t("rfm.empty")}>{t("rfm.emptyText", { count: data.fewest_people })}</EmptyNotice>
            </Card>
          )
        }
      </QueryView>
    </Page>
  );
}
