import { Box, Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { ErrorNotice } from "./notices.tsx";

interface QueryViewProps<T> {
  readonly query: UseQueryResult<T>;
  /** Height of what will stand here, so that nothing jumps. */
  readonly height?: number;
  readonly children: (data: T) => ReactNode;
}

/** Skeleton after 150 ms, then the data; old data is dimmed while other data is loaded; errors say how to go on. */
export function QueryView<T>({ query, height = 160, children }: QueryViewProps<T>) {
  if (query.data !== undefined) {
    return <Box {...(query.isPlaceholderData ? { className: "kilim-stale" } : {})}>{children(query.data)}</Box>;
  }
  if (query.isError) return <ErrorNotice error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton height={height} className="kilim-late" />;
}
