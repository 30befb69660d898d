import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./ask.ts";

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // Whether there is a network is found out by asking: what is kept on the device answers, too.
        networkMode: "always",
        retry: retryUnlessRefused,
      },
    },
  });
}

export function retryUnlessRefused(count: number, error: Error): boolean {
  return count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500);
}
