import { openContext } from "../context.ts";
import type { StartPart } from "../platform/part.ts";
import { createRooms } from "../rooms.ts";

/** The part that works: pipeline, segments' sweeper and fills, journeys, sending. */
export const startWorker: StartPart = async (engines, settings, clock) => {
  const context = await openContext("worker", engines, settings, clock);
  const rooms = createRooms(context);
  const started = Object.values(rooms);
  for (const room of started) await room.start?.();
  return {
    async stop() {
      for (const room of started.reverse()) await room.stop?.();
      await context.close();
    },
  };
};
