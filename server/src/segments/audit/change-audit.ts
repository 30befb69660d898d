import { newId } from "../../platform/ids.ts";
import { refuse } from "../errors.ts";
import { existingSegments } from "../queries/segments.pg.ts";
import type { AuditDeps } from "./audit-deps.ts";
import { insertAudit, moveAudit } from "./queries/audits.pg.ts";
import { readAudit } from "./read-audits.ts";
import type { AuditView } from "./shapes.ts";

type Deps = Pick<AuditDeps, "db" | "clock" | "bus" | "loadProfiles">;

/** Queues a comparison of State with History: of one segment, or of all. */
export async function startAudit(deps: Deps, segmentId: string | null): Promise<AuditView> {
  if (segmentId !== null && !(await existingSegments(deps.db, [segmentId])).has(segmentId))
    throw refuse("segment_not_found");
  const id = newId(deps.clock);
  await insertAudit(deps.db, { id, segmentId, now: deps.clock.now().toString() });
  return await told(deps, id);
}

export async function cancelAudit(deps: Deps, id: string): Promise<AuditView> {
  return await move(deps, id, ["waiting", "running"], "cancelled");
}

/** Lets a cancelled or failed audit go on from where it stood. */
export async function resumeAudit(deps: Deps, id: string): Promise<AuditView> {
  return await move(deps, id, ["cancelled", "failed"], "waiting");
}

async function move(deps: Deps, id: string, from: readonly string[], to: "waiting" | "cancelled"): Promise<AuditView> {
  await readAudit(deps.db, id);
  if (!(await moveAudit(deps.db, { id, from, to, now: deps.clock.now().toString() }))) throw refuse("audit_over");
  return await told(deps, id);
}

async function told({ db, bus }: Deps, id: string): Promise<AuditView> {
  bus.wake("segment_jobs");
  bus.changed("segment_audit", id, ["state"]);
  return await readAudit(db, id);
}
