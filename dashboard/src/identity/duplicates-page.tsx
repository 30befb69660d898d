import { Button, SegmentedControl, Skeleton, Stack } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Duplicate } from "../../../server/src/profiles/contracts.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { EmptyNotice, ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { DuplicateCard } from "./duplicate-card.tsx";

const route = getRouteApi("/people/duplicates");

/** Pairs of people who may be one, the likeliest first; somebody decides. */
export function DuplicatesPage() {
  const { t } = useTranslation();
  const { state = "open" } = route.useSearch();
  const navigate = route.useNavigate();
  const pairs = usePages<Duplicate>(["identity", "duplicates"], "/v1/identity/duplicates", { state, limit: 20 });
  const items = itemsOf(pairs.data);
  return (
    <Page
      title={t("duplicates.title")}
      subtitle={t("duplicates.subtitle")}
      actions={
        <SegmentedControl
          aria-label={t("duplicates.title")}
          value={state}
          data={(["open", "dismissed"] as const).map((value) => ({ value, label: t(`duplicates.${value}`) }))}
          onChange={(value) =>
            void navigate({ search: value === "dismissed" ? { state: "dismissed" } : {}, replace: true })
          }
        />
      }
    >
      {pairs.isError ? <ErrorNotice error={pairs.error} retry={() => void pairs.refetch()} /> : null}
      {pairs.isPending ? <Skeleton height={280} className="kilim-late" /> : null}
      {pairs.isSuccess && items.length === 0 ? (
        <EmptyNotice title={t(state === "open" ? "duplicates.none" : "duplicates.noneDismissed")}>
          {t("duplicates.noneText")}
        </EmptyNotice>
      ) : null}
      <Stack maw={960} {...(pairs.isPlaceholderData ? { className: "kilim-stale" } : {})}>
        {items.map((pair) => (
          <DuplicateCard key={`${pair.id} ${pair.state}`} pair={pair} />
        ))}
        {pairs.hasNextPage ? (
          <Button variant="default" loading={pairs.isFetchingNextPage} onClick={() => void pairs.fetchNextPage()}>
            {t("action.more")}
          </Button>
        ) : null}
      </Stack>
    </Page>
  );
}
