import type { ServerResponse } from "node:http";

/** Aborts when the client goes away before its answer is complete. */
export function whenGone({ raw }: { readonly raw: ServerResponse }): AbortSignal {
  const gone = new AbortController();
  raw.once("close", () => {
    if (!raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
