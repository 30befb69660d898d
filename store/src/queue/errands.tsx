import { Button, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Failure } from "../shell/failure.tsx";
import { ErrandCard } from "./errand-card.tsx";
import { errandsQuery, stepErrand } from "./errand-queries.ts";
import { useStepsWithUndo } from "./use-steps-with-undo.tsx";

/** Lists that shoppers in this store want brought to the till. They are waiting, so these come first. */
export function Errands({ storeId }: { readonly storeId: string }) {
  const { t } = useTranslation();
  const errands = useInfiniteQuery(errandsQuery(storeId));
  const { hidden, later, again } = useStepsWithUndo();
  const all = errands.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = all.filter(({ id }) => !hidden.has(id));
  return (
    <Stack gap="sm" component="section" aria-label={t("errand.title")}>
      <Title order={2}>{t("errand.title")}</Title>
      {errands.isError && <Failure error={errands.error} retry={errands.refetch} />}
      {errands.isSuccess && shown.length === 0 && <Text c="dimmed">{t("errand.none")}</Text>}
      {shown.map((one) => (
        <ErrandCard
          key={one.id}
          one={one}
          onChanged={again}
          onEnd={(step) => later(one.id, t(`errand.ended.${step}`), () => stepErrand(one.id, step))}
        />
      ))}
      {errands.hasNextPage && (
        <Button variant="default" loading={errands.isFetchingNextPage} onClick={() => void errands.fetchNextPage()}>
          {t("errand.more")}
        </Button>
      )}
    </Stack>
  );
}
