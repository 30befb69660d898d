import { z } from "zod";

import { pageOf } from "../../platform/pages.ts";

export const startAuditBody = z.object({
  segment_id: z.uuid().optional().describe("All segments when left out"),
});

export const auditView = z.object({
  id: z.uuid(),
  segment_id: z.uuid().nullable(),
  state: z.enum(["waiting", "running", "done", "failed", "cancelled"]),
  people: z.int().describe("How many there were when it began"),
  looked_at: z.int(),
  differences: z.int(),
  unsettled: z.int().describe("People left out because something of them was still on its way"),
  segments: z.array(
    z.object({
      segment_id: z.uuid(),
      name: z.string(),
      looked_at: z.int(),
      members: z.int(),
      differences: z.int(),
      unsettled: z.int(),
      complete: z.boolean().describe("False once its definition was changed while the audit ran"),
    }),
  ),
  created_at: z.string(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
});
export type AuditView = z.infer<typeof auditView>;
export const auditPage = pageOf(auditView);

export const auditDifference = z.object({
  segment_id: z.uuid(),
  segment_name: z.string(),
  profile_id: z.uuid(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  live: z.boolean().describe("Whether State has this person in the segment"),
  history: z.boolean().describe("Whether the person belongs there by what History holds"),
  found_at: z.string(),
});
export type AuditDifference = z.infer<typeof auditDifference>;
export const auditDifferencePage = pageOf(auditDifference);
