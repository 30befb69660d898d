import { useThrottledCallback } from "@mantine/hooks";
import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";

import { get, type Page } from "../api/http.ts";
import { useLive } from "../api/live.ts";
import { mergeHead } from "./merge-head.ts";
import type { TimelineEvent } from "./wire.ts";

const PAGE = 50;

/** A person's events, newest first, growing while the page is open; `isFresh` tells those that came in since. */
export function useTimeline(id: string) {
  const client = useQueryClient();
  const queryKey = ["timeline", id];
  const path = `/v1/profiles/${encodeURIComponent(id)}/events`;
  const known = useRef<{ readonly id: string; readonly events: Set<string> } | null>(null);

  const timeline = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => get<Page<TimelineEvent>>(path, { limit: PAGE, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: "always",
  });

  const refresh = useThrottledCallback(() => {
    void client.invalidateQueries({ queryKey: ["profile", id] });
    void get<Page<TimelineEvent>>(path, { limit: PAGE }).then(
      (head) =>
        client.setQueryData<InfiniteData<Page<TimelineEvent>, string | null>>(queryKey, (old) => {
          if (!old) return old;
          const pages = mergeHead(old.pages, head);
          return { pages, pageParams: old.pageParams.slice(0, pages.length) };
        }),
      // The connection dropped between notice and read: the next notice or reconnect reads again.
      () => undefined,
    );
  }, 150);
  useLive({ profiles: [id] }, refresh, refresh);

  const events = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  if (known.current?.id !== id) known.current = null;
  if (known.current === null && timeline.data) {
    known.current = { id, events: new Set(events.map((event) => event.message_id)) };
  }
  const opened = timeline.data?.pages.length ?? 0;
  const isFresh = (event: TimelineEvent) =>
    opened > 0 && known.current !== null && !known.current.events.has(event.message_id);
  const more = async () => {
    const answer = await timeline.fetchNextPage();
    for (const page of answer.data?.pages.slice(1) ?? []) {
      for (const event of page.items) known.current?.events.add(event.message_id);
    }
  };
  return { timeline, events, isFresh, more };
}
