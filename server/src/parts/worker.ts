import { openContext } from "../context.ts";
import { createDemo } from "../demo/index.ts";
import type { StartPart } from "../platform/part.ts";
import { createRooms } from "../rooms.ts";

/** The part that works: pipeline, segments' sweeper and fills, journeys, sending; at a demo's first start it fills the shop. */
export const startWorker: StartPart = async (engines, settings, clock, tell) => {
  const context = await openContext("worker", engines, settings, clock);
  const rooms = createRooms(context);
  const started = Object.values(rooms);
  for (const room of started) await room.start?.();
  const stopping = new AbortController();
  const { segments, messages, journeys } = rooms;
  const loading = settings.isDemo
    ? createDemo({ ...context, ...segments, ...messages, ...journeys }).load(
        ({ done, total }) => tell({ kind: "progress", text: "Loading the demo retailer", done, total }),
        stopping.signal,
      )
    : Promise.resolve();
  loading.catch((error: unknown) =>
    context.log.error({ err: error }, "the demo retailer could not be loaded; it goes on at the next start"),
  );
  return {
    async stop() {
      stopping.abort();
      await loading.catch(() => undefined);
      for (const room of started.reverse()) await room.stop?.();
      await context.close();
    },
  };
};
