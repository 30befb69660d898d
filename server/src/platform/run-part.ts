import { flushCompileCache } from "node:module";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { systemClock } from "./clock.ts";
import type { News, Part, StartPart } from "./part.ts";
import type { Order, Report } from "./part-messages.ts";
import { StartError } from "./start-error.ts";

/** Until the last batch of what was loaded has been worked in. */
const AFTER_LOAD_MS = 10_000;

/** Listened for from the beginning: it may come while the part's modules are still being loaded. */
const firstOrder = new Promise<Extract<Order, { type: "start" }>>((done) => {
  process.once("message", (message: Order) => {
    if (message.type === "start") done(message);
  });
});

/** Runs one part in this process, as the supervisor orders over IPC; ends with the supervisor, however that ends. */
export async function runPart(start: StartPart): Promise<void> {
  let part: Part | undefined;
  let isStopping = false;

  async function stop(): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    await part?.stop();
    process.exit(0);
  }

  // A signal sent to the whole group (Ctrl-C, timeout, systemd) is none of ours: the supervisor decides the order.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
  process.on("disconnect", () => void stop());
  const order = await firstOrder;
  try {
    part = await start(order.engines, order.settings, systemClock, tell);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    report({ type: "failed", sentence: error.message });
    process.disconnect?.();
    return;
  }
  process.on("message", (message: Order) => {
    if (message.type === "stop") void stop();
  });
  report({ type: "ready", lines: part.lines ?? [] });
  flushCompileCache();
}

function tell(news: News): void {
  report({ type: "news", news });
  if (news.kind === "progress" && news.done >= news.total) setTimeout(collectGarbage, AFTER_LOAD_MS).unref();
}

/** What a load leaves behind V8 would keep for a long time: 200 MB after the demo retailer. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

function report(message: Report): void {
  if (process.connected) process.send?.(message);
}
