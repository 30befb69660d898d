import { AppError } from "../../platform/errors.ts";
import { OutboundError } from "../../platform/outbound/problems.ts";
import { MOST_PHOTO_BYTES } from "../photos/clean-photo.ts";
import { savePhoto } from "../photos/save-photo.ts";
import type { ImportDeps } from "./deps.ts";
import { claimPictures, type PictureJob, settlePicture } from "./queries/picture-jobs.pg.ts";

const AT_ONCE = 4;
const TIMEOUT_MS = 20_000;
const CLAIM = { minutes: 2 } as const;
const MOST_REDIRECTS = 3;
/** What may pass is tried again after so long; then it is given up. */
const PAUSES = [{ seconds: 30 }, { minutes: 5 }, { minutes: 30 }] as const;

class Failed extends Error {
  readonly mayPass: boolean;
  constructor(problem: string, mayPass = false) {
    super(problem);
    this.mayPass = mayPass;
  }
}

/** Fetches the pictures that are due from where feeds say they are, and keeps what of them is a photo. */
export async function fetchPictures(deps: ImportDeps, signal: AbortSignal): Promise<number> {
  let fetched = 0;
  while (!signal.aborted) {
    const now = deps.clock.now();
    const jobs = await claimPictures(deps.db, now.toString(), now.add(CLAIM).toString(), AT_ONCE);
    if (jobs.length === 0) break;
    await Promise.all(jobs.map((job) => fetchOne(deps, job, signal)));
    fetched += jobs.length;
  }
  return fetched;
}

async function fetchOne(deps: ImportDeps, job: PictureJob, signal: AbortSignal): Promise<void> {
  const now = deps.clock.now();
  const settle = (state: "waiting" | "done" | "failed", problem: string | null, dueAt = now) =>
    settlePicture(deps.db, job, { state, problem, dueAt: dueAt.toString() });
  try {
    const bytes = await download(deps, job.url, signal);
    await savePhoto(deps, {
      productId: job.product_id,
      variantId: job.variant_id,
      alt: "",
      bytes,
      position: job.position,
    });
    await settle("done", null);
    deps.bus.changed("product", job.product_id, ["product"]);
  } catch (error) {
    const pause = PAUSES[job.tries - 1];
    if (error instanceof AppError) await settle("failed", error.code);
    else if (!(error instanceof Failed)) throw error;
    else if (error.mayPass && pause) await settle("waiting", error.message, now.add(pause));
    else await settle("failed", error.message);
  }
}

/** Each address on the way is looked at like the first one: a redirect leads nowhere that a feed could not name itself. */
async function download(deps: ImportDeps, from: string, signal: AbortSignal): Promise<Buffer> {
  let url = from;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const answer = await deps.outbound
      .send({
        method: "GET",
        url,
        headers: { accept: "image/jpeg,image/png,image/webp", "user-agent": "Kilim" },
        timeoutMs: TIMEOUT_MS,
        maxBytes: MOST_PHOTO_BYTES,
        isRepeatable: true,
        signal,
      })
      .catch((error: unknown) => {
        if (!(error instanceof OutboundError)) throw error;
        throw new Failed(error.problem, !["refused_address", "bad_url"].includes(error.problem));
      });
    const { location } = answer.headers;
    if (answer.status >= 300 && answer.status < 400 && location !== undefined && URL.canParse(location, url)) {
      url = new URL(location, url).href;
      continue;
    }
    if (answer.status === 429 || answer.status >= 500) throw new Failed(`answered_${answer.status}`, true);
    if (answer.status !== 200) throw new Failed(`answered_${answer.status}`);
    if (answer.isCut) throw new Failed("too_large");
    return answer.body;
  }
  throw new Failed("too_many_redirects");
}
