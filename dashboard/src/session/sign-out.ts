import { useMutation, useQueryClient } from "@tanstack/react-query";

import { call } from "../api/http.ts";

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call<unknown>("POST", "/v1/auth/sign-out", {}),
    onSettled: () => client.resetQueries(),
  });
}
