import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { Review } from "../../../server/src/catalog/contracts.ts";
import { call } from "../api/http.ts";
import { itemsOf, usePages } from "../api/paged.ts";
import { TextLink } from "../parts/link.tsx";
import { Page } from "../parts/page.tsx";
import { When } from "../parts/when.tsx";

const REVIEWS = ["reviews"] as const;

/** What waits to be read before the shop shows it, the oldest first. */
export function ReviewsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const reviews = usePages<Review>(REVIEWS, "/v1/reviews", { state: "pending" });
  const decide = useMutation({
    mutationFn: ({ id, verb }: { id: string; verb: "publish" | "reject" }) => call("POST", `/v1/reviews/${id}/${verb}`),
    onSettled: () => client.invalidateQueries({ queryKey: REVIEWS }),
  });
  const rows = itemsOf(reviews.data) ?? [];
  return (
    <Page title={t("catalogue.reviews")} subtitle={t("catalogue.reviewsText")}>
      {reviews.isSuccess && rows.length === 0 ? <Text c="dimmed">{t("catalogue.nothing")}</Text> : null}
      {rows.map((review) => (
        <Paper key={review.id} p="md" data-testid="review">
          <Stack gap="xs">
            <Group gap="sm">
              <TextLink to="/products/$id" params={{ id: review.product_id }} fw={550}>
                {review.product_title}
              </TextLink>
              <Text size="sm">{t("catalogue.stars", { count: review.rating })}</Text>
              <Text size="sm" c="dimmed">
                {review.author} {review.is_verified ? `· ${t("catalogue.verified")}` : ""} ·{" "}
                <When at={review.created_at} />
              </Text>
            </Group>
            <Text fw={550}>{review.title}</Text>
            <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{review.body}</Text>
            <Group gap="sm">
              <Button size="compact-sm" onClick={() => decide.mutate({ id: review.id, verb: "publish" })}>
                {t("catalogue.publish")}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => decide.mutate({ id: review.id, verb: "reject" })}
              >
                {t("catalogue.reject")}
              </Button>
            </Group>
          </Stack>
        </Paper>
      ))}
      {reviews.hasNextPage ? (
        <Button variant="default" onClick={() => void reviews.fetchNextPage()}>
          …
        </Button>
      ) : null}
    </Page>
  );
}
