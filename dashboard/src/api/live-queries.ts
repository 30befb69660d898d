import { useThrottledCallback } from "@mantine/hooks";
import { type QueryKey, useQueryClient } from "@tanstack/react-query";

import { useLive } from "./live.ts";

/** Loads the queries under these keys again when something on the topics (or these profiles) has changed. */
export function useLiveQueries(
  subscription: { readonly profiles?: readonly string[]; readonly topics?: readonly string[] },
  keys: readonly QueryKey[],
): void {
  const client = useQueryClient();
  // At once for the first notice, then at most five times a second: a busy pipeline writes in bursts.
  const reload = useThrottledCallback(() => {
    for (const queryKey of keys) void client.invalidateQueries({ queryKey });
  }, 200);
  useLive(subscription, reload, reload);
}
