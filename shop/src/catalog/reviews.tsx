import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useShopper } from "../account/use-shopper.ts";
import { useKilim } from "../kilim.tsx";
import type { PublicReview } from "./queries.ts";
import styles from "./reviews.module.css";
import { Stars } from "./stars.tsx";

interface Reviews {
  readonly items: readonly PublicReview[];
  readonly next: string | null;
  readonly average: number | null;
  readonly count: number;
}
interface OwnReview extends PublicReview {
  readonly state: "pending" | "published" | "rejected";
}
const RATINGS = [1, 2, 3, 4, 5] as const;

/** What others say, newest first, and one's own. */
export function ReviewList({ productId }: { readonly productId: string }) {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const found = useInfiniteQuery({
    queryKey: ["reviews", productId],
    queryFn: ({ pageParam }) =>
      kilim.ask<Reviews>(
        "GET",
        `/v1/products/${productId}/reviews?limit=5${pageParam ? `&after=${encodeURIComponent(pageParam)}` : ""}`,
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const first = found.data?.pages[0];
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium" });
  return (
    <section className={styles.reviews} aria-labelledby="reviews">
      <header>
        <h2 id="reviews">{t("reviews.title")}</h2>
        {first && first.average !== null && <Stars rating={first.average} count={first.count} />}
      </header>
      {first?.count === 0 && <p className="soft">{t("reviews.none")}</p>}
      <ul>
        {found.data?.pages
          .flatMap((page) => page.items)
          .map((review) => (
            <li key={review.id} lang={review.language}>
              <p>
                <Stars rating={review.rating} /> <strong>{review.title}</strong>
              </p>
              {review.body && <p>{review.body}</p>}
              <p className="soft small">
                {review.author} · {day.format(new Date(review.created_at))}
                {review.is_verified && <> · {t("reviews.verified")}</>}
              </p>
            </li>
          ))}
      </ul>
      {found.hasNextPage && (
        <button type="button" className="button quiet" onClick={() => void found.fetchNextPage()}>
          {t("list.more")}
        </button>
      )}
      <OwnWords productId={productId} />
    </section>
  );
}

function OwnWords({ productId }: { readonly productId: string }) {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const queries = useQueryClient();
  const shopper = useShopper().data;
  const own = useQuery({
    queryKey: ["own-reviews"],
    queryFn: () => kilim.ask<{ items: readonly OwnReview[] }>("GET", "/v1/shopper/reviews"),
    enabled: !!shopper,
  });
  const [rating, setRating] = useState(0);
  const write = useMutation({
    mutationFn: (form: FormData) =>
      kilim.ask<OwnReview>("PUT", `/v1/shopper/reviews/${productId}`, {
        rating,
        title: String(form.get("title")),
        body: String(form.get("body")),
        author: String(form.get("author")),
        language: i18n.language,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["own-reviews"] }),
  });
  if (!shopper) {
    return (
      <p className="soft small">
        <Link to="/account" className="link">
          {t("reviews.signIn")}
        </Link>
      </p>
    );
  }
  const mine = own.data?.items.find((review) => review.product_id === productId);
  if (mine) return <p role="status">{t(`reviews.own.${mine.state}`)}</p>;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        write.mutate(new FormData(event.currentTarget));
      }}
    >
      <h3>{t("reviews.write")}</h3>
      <fieldset>
        <legend>{t("reviews.rating")}</legend>
        {RATINGS.map((value) => (
          <label key={value}>
            <input type="radio" name="rating" required value={value} onChange={() => setRating(value)} />
            <span aria-hidden="true">{value <= rating ? "★" : "☆"}</span>
            <span className="visually-hidden">{t("reviews.of5", { rating: value })}</span>
          </label>
        ))}
      </fieldset>
      <label className="field">
        {t("reviews.headline")}
        <input name="title" maxLength={200} />
      </label>
      <label className="field">
        {t("reviews.words")}
        <textarea name="body" rows={4} maxLength={5000} />
      </label>
      <label className="field">
        {t("reviews.author")}
        <input name="author" required maxLength={80} defaultValue={shopper.first_name ?? ""} />
      </label>
      {write.isError && (
        <p className="error" role="alert">
          {t("error.load")}
        </p>
      )}
      <button type="submit" className="button quiet" disabled={write.isPending}>
        {t("reviews.send")}
      </button>
    </form>
  );
}
