import { useMutation, useQueryClient } from "@tanstack/react-query";

import { call } from "../api/http.ts";
import { sessionQuery } from "./queries.ts";

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call<unknown>("POST", "/v1/auth/sign-out", {}),
    // First the session, which takes the rooms off the screen; then all they had loaded is forgotten.
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    },
  });
}
