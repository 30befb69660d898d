import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { UnmergeAnswer } from "../../../server/src/merging/contracts.ts";
import { call } from "../api/http.ts";
import { announce } from "../shell/announce.ts";

/** Gives back two people; what is shown of them is loaded again. */
export function useSeparate(onDone?: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ profile, from }: { readonly profile: string; readonly from: string }) =>
      call<UnmergeAnswer>("POST", "/v1/profiles/unmerge", { profile, from, reason: t("merging.separatedHere") }),
    onSuccess: async (answer) => {
      onDone?.();
      announce(t("merging.separated", { count: answer.events }));
      await client.invalidateQueries({ queryKey: ["profile"] });
      // What is open of a timeline only grows by itself.
      await client.resetQueries({ queryKey: ["timeline"] });
    },
    onError: (error) => announce(`${t("notice.failed")} ${error.message}`),
  });
}
