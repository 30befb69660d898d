import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { AuditView } from "../../../../server/src/segments/contracts.ts";
import { call, get } from "../../api/http.ts";

export const AUDITS = ["segment-audits"] as const;

export const auditQuery = (id: string) =>
  queryOptions({ queryKey: [...AUDITS, id], queryFn: () => get<AuditView>(`/v1/segments/audits/${id}`) });

/** Starts one (`segment_id` undefined: of all segments), cancels it, lets it go on. */
export function useChangeAudit(onDone?: (audit: AuditView) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (what: { start: string | undefined } | { id: string; to: "cancel" | "resume" }) =>
      "id" in what
        ? call<AuditView>("POST", `/v1/segments/audits/${what.id}/${what.to}`)
        : call<AuditView>("POST", "/v1/segments/audits", { segment_id: what.start }),
    async onSuccess(audit) {
      client.setQueryData(auditQuery(audit.id).queryKey, audit);
      await client.invalidateQueries({ queryKey: AUDITS });
      onDone?.(audit);
    },
  });
}
