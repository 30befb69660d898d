import { inTransaction } from "../../platform/db.ts";
import { createDueLoop, type DueLoop } from "../../platform/due-loop.ts";
import { nextPeople } from "../queries/people.pg.ts";
import type { AuditDeps } from "./audit-deps.ts";
import { comparePeople } from "./compare-people.ts";
import {
  type Audit,
  advanceAudit,
  claimAudit,
  holdAudit,
  loadSubjects,
  nextLeaseEnd,
  noteSubjects,
  releaseAudit,
  saveFinding,
} from "./queries/claim-audit.pg.ts";

/** One page is done well before. */
const LEASE = { seconds: 120 };
const PEOPLE_PER_PAGE = 10_000;
const MOST_KEPT = 1_000;
const MOST_ATTEMPTS = 5;

export interface AuditLoop extends DueLoop {
  /** Works the open audits to their end; for tests. */
  workAll(): Promise<void>;
}

/** Works audits off in the background, one at a time and page by page; what was begun before a crash goes on where it stood. */
export function createAuditLoop(deps: AuditDeps): AuditLoop {
  const work = async (signal: AbortSignal) => {
    for (;;) {
      if (signal.aborted) return;
      const now = deps.clock.now();
      const audit = await claimAudit(deps.db, { now: now.toString(), until: now.add(LEASE).toString() });
      if (!audit) return;
      await workOne(deps, audit, signal);
    }
  };
  const loop = createDueLoop({
    clock: deps.clock,
    work,
    nextDue: () => nextLeaseEnd(deps.db),
    onWake: (listener) => deps.bus.onWake("segment_jobs", listener),
    onError: (error) => deps.log.warn({ err: error }, "audits of segments could not be worked; trying again"),
  });
  return { ...loop, workAll: () => work(new AbortController().signal) };
}

async function workOne(deps: AuditDeps, audit: Audit, signal: AbortSignal): Promise<void> {
  const { db, bus, clock, log } = deps;
  const tell = () => bus.changed("segment_audit", audit.id, ["state", "progress"]);
  const release = (state: "waiting" | "failed") => releaseAudit(db, audit, state, clock.now().toString());
  try {
    if (audit.after_profile === null) await noteSubjects(db, audit.id);
    tell();
    for (let after = audit.after_profile; ; ) {
      const page = await comparePage(deps, audit, after, signal);
      tell();
      if (page === "ended") return;
      after = page.after;
      if (signal.aborted) break;
    }
    await release("waiting");
  } catch (error) {
    if (signal.aborted) await release("waiting");
    else if (audit.attempts >= MOST_ATTEMPTS) {
      log.error({ err: error, audit: audit.id }, "an audit of segments failed five times and was given up");
      await release("failed");
    } else {
      // The lease runs out, and it is tried again from where it stands.
      log.warn({ err: error, audit: audit.id }, "an audit of segments was interrupted; trying again");
    }
  }
  tell();
}

/** Compares the next people; "ended" when there are no more, or when the audit was cancelled or taken over. */
async function comparePage(
  deps: AuditDeps,
  audit: Audit,
  after: string | null,
  signal: AbortSignal,
): Promise<"ended" | { readonly after: string | null }> {
  const { db, clock } = deps;
  const people = await nextPeople(db, after, PEOPLE_PER_PAGE);
  const subjects = await loadSubjects(db, audit.id);
  const findings = await comparePeople({ deps, auditId: audit.id, subjects, signal }, people);
  const isLast = people.length < PEOPLE_PER_PAGE;
  const next = people.at(-1) ?? after;
  const isHeld = await inTransaction(db, async (tx) => {
    if (!(await holdAudit(tx, audit))) return false;
    const now = clock.now();
    for (const finding of findings) {
      const given = { lookedAt: people.length, most: MOST_KEPT, now: now.toString() };
      await saveFinding(tx, audit.id, finding, given);
    }
    await advanceAudit(tx, audit.id, {
      after: next,
      lookedAt: people.length,
      until: now.add(LEASE).toString(),
      endedAt: isLast ? now.toString() : null,
    });
    return true;
  });
  return isLast || !isHeld ? "ended" : { after: next };
}
