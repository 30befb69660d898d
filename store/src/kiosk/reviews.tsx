import { Card, Stack, Text, Title, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useKilim } from "./kiosk-context.ts";
import { reviewsQuery } from "./queries.ts";

const STARS = 5;

/** What others say of it; nothing where nobody has said anything. */
export function Reviews({ productId }: { readonly productId: string }) {
  const { t } = useTranslation();
  const kilim = useKilim();
  const reviews = useQuery(reviewsQuery(kilim, productId));
  if (!reviews.data || reviews.data.items.length === 0) return null;
  return (
    <Card>
      <Stack>
        <Title order={2}>{t("reviews.title", { count: reviews.data.count })}</Title>
        {reviews.data.items.map((review) => (
          <article key={review.id} lang={review.language}>
            <Text fw={650}>
              <span aria-hidden="true">{"★".repeat(review.rating) + "☆".repeat(STARS - review.rating)} </span>
              <VisuallyHidden>{t("reviews.rating", { count: review.rating })}</VisuallyHidden>
              {review.title}
            </Text>
            <Text>{review.body}</Text>
            <Text c="dimmed">
              {review.author}
              {review.is_verified && `, ${t("reviews.verified")}`}
            </Text>
          </article>
        ))}
      </Stack>
    </Card>
  );
}
