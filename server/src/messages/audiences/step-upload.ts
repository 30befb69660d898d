import { inTransaction } from "../../platform/db.ts";
import type { AdAnswer, AdReport, Hashes } from "../channels/ad-network.ts";
import { limitMs } from "../sending/backoff.ts";
import { noteUpload } from "./note-upload.ts";
import { type AudienceWay, openWay } from "./open-way.ts";
import { loadAudience } from "./queries/audience-rows.pg.ts";
import { sharedHashes } from "./queries/members.pg.ts";
import { askAgain, claimUpload, type DueUpload, settleUpload, type Upload } from "./queries/uploads.pg.ts";
import type { AudienceDeps } from "./step-audience.ts";

const LEASE = { minutes: 3 };
/** Waits between questions; the last one again and again. */
const MINUTES = [30, 60, 120, 240, 360];
/** A network that has not said by then what became of it says nothing more. */
const SILENT_AFTER = { hours: 48 };
/** Who is to be forgotten is told of so often before a person has to look. */
const MOST_TRIES = 3;

/** Asks about the request that has waited longest; false when none is due. */
export async function stepUpload(deps: AudienceDeps): Promise<boolean> {
  const now = deps.clock.now();
  const upload = await claimUpload(deps.db, { now: now.toString(), until: now.add(LEASE).toString() });
  if (!upload) return false;
  const audience = await loadAudience(deps.db, upload.audience_id);
  const way = audience && (await openWay(deps, audience));
  if (way && "line" in way && upload.request_id !== null)
    await heed(deps, upload, way, await way.line.report(upload.request_id));
  else await settle(deps, upload, null, SILENT);
  deps.bus.changed("ad_audience", upload.audience_id, ["uploads"]);
  return true;
}

const SILENT = { state: "silent", match: null, problems: [] } as const;

async function heed(deps: AudienceDeps, upload: DueUpload, way: AudienceWay, answer: AdAnswer): Promise<void> {
  if (answer.kind === "accepted" && answer.report !== null) return await settle(deps, upload, way, answer.report);
  const now = deps.clock.now();
  const told = Temporal.Instant.from(upload.told_at);
  if (Temporal.Instant.compare(now, told.add(SILENT_AFTER)) >= 0) return await settle(deps, upload, way, SILENT);
  const minutes = MINUTES[Math.min(upload.asked, MINUTES.length) - 1] ?? 0;
  const wait = answer.kind === "limited" ? { milliseconds: limitMs(answer) } : { minutes };
  await askAgain(deps.db, upload, now.add(wait).toString());
}

/** Whom the network did not forget is told of again; who was not added is, with the next day's look at everybody. */
async function settle(
  deps: AudienceDeps,
  upload: DueUpload,
  way: AudienceWay | null,
  report: Omit<AdReport, "state"> & { readonly state: Upload["state"] },
): Promise<void> {
  const isDone = report.state === "done" || upload.kind === "added" || upload.tries >= MOST_TRIES;
  const again = isDone || way === null ? [] : await stillToForget(deps, upload);
  const told = again.length === 0 || way === null ? null : await way.line.remove(way.external, again);
  // What cannot be told just now is asked about, and told, again.
  if (told !== null && told.kind !== "accepted")
    return await askAgain(
      deps.db,
      upload,
      deps.clock
        .now()
        .add({ minutes: MINUTES[0] ?? 0 })
        .toString(),
    );
  await inTransaction(deps.db, async (tx) => {
    if (!(await settleUpload(tx, upload, report))) return;
    if (told !== null)
      await noteUpload(tx, deps.clock, told, {
        audience_id: upload.audience_id,
        kind: "removed",
        people: again,
        tries: upload.tries + 1,
      });
  });
  if (report.state !== "done")
    deps.log.warn({ audience_id: upload.audience_id, ...report }, "an ad network did not do all it was told");
}

/** Without what somebody is known by who belongs to the audience now. */
async function stillToForget({ db }: AudienceDeps, { audience_id, hashes }: DueUpload): Promise<Hashes[]> {
  const people = (hashes ?? []).map((each) => each.split(" "));
  const theirs = await sharedHashes(db, audience_id, { hashes: people.flat(), leaving: [] });
  return people.map((each) => each.filter((one) => !theirs.has(one))).filter((each) => each.length > 0);
}
