import type { Bus } from "../../platform/bus.ts";

/**
 * Waits until the list is told to have changed, the time is up or the caller has gone. Notices are hints: whoever waits
 * reads the list before and after. Begin to listen before reading, or a change between the two is missed.
 */
export function listenForChange(bus: Bus, listId: string): { wait(ms: number, gone: AbortSignal): Promise<void> } {
  let isTold = false;
  let tell = () => {
    isTold = true;
  };
  const off = bus.onChange((changes) => {
    if (changes.some(({ topic, id }) => topic === "list" && id === listId)) tell();
  });
  return {
    async wait(ms, gone) {
      if (!isTold && ms > 0 && !gone.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          tell = () => {
            clearTimeout(timer);
            resolve();
          };
          gone.addEventListener("abort", () => tell(), { once: true });
        });
      }
      off();
    },
  };
}
