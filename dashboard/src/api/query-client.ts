import { QueryClient } from "@tanstack/react-query";

import { Problem } from "./http.ts";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
    },
  },
});

queryClient.getQueryCache().subscribe(({ query, type }) => {
  // A session that has ended brings back the sign-in screen, wherever the person was.
  const error = query.state.error;
  if (type === "updated" && error instanceof Problem && error.status === 401 && query.queryKey[0] !== "session") {
    void queryClient.invalidateQueries({ queryKey: ["session"] });
  }
});
