import { keepTrue } from "@kilim/sdk";
import { useThrottledCallback } from "@mantine/hooks";
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { useLive } from "./live.ts";

/** Loads the queries under these keys again when something on the topics (or these profiles) has changed. */
export function useLiveQueries(
  subscription: { readonly profiles?: readonly string[]; readonly topics?: readonly string[] },
  keys: readonly QueryKey[],
): void {
  const client = useQueryClient();
  const shown = useRef(keys);
  shown.current = keys;
  const [read] = useState(() =>
    keepTrue(() => Promise.all(shown.current.map((queryKey) => client.invalidateQueries({ queryKey })))),
  );
  // At once for the first notice, then at most five times a second: a busy pipeline writes in bursts.
  const reload = useThrottledCallback(read, 200);
  useLive(subscription, reload, reload);
}
