import { KilimError } from "@kilim/sdk";
import { QueryClient } from "@tanstack/react-query";

const FRESH_MS = 30_000;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (count, error) =>
          count < 2 && !(error instanceof KilimError && error.status >= 400 && error.status < 500),
      },
    },
  });
}
