import { authHeaders } from "./ask.ts";
import type { Identity } from "./identity.ts";
import type { KilimSettings } from "./settings.ts";
import type { Notice } from "./shapes.ts";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Server-sent events read by fetch, because `EventSource` cannot send headers. Comes back by itself, and says so with
 * `onGap`: what was told meanwhile was missed. Call to stop.
 */
export function openLive(
  host: string,
  topics: readonly string[],
  handler: (notice: Notice) => void,
  onGap: () => void,
  who: Identity,
  settings: KilimSettings,
): () => void {
  const stopped = new AbortController();
  const url = `${host}/v1/live?topics=${topics.map(encodeURIComponent).join(",")}`;

  const listen = async () => {
    let pause = FIRST_PAUSE_MS;
    let wasOpen = false;
    while (!stopped.signal.aborted) {
      try {
        const response = await fetch(url, {
          headers: { ...authHeaders(who, settings), accept: "text/event-stream" },
          signal: stopped.signal,
          credentials: "omit",
        });
        if (response.ok && response.body) {
          pause = FIRST_PAUSE_MS;
          if (wasOpen) guarded(onGap);
          wasOpen = true;
          await readNotices(response.body, handler);
        } else if (response.status < 500 && response.status !== 429) {
          return;
        }
      } catch {
        // The line was cut; it is opened again below.
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  };
  void listen();
  return () => stopped.abort();
}

async function readNotices(body: ReadableStream<Uint8Array>, handler: (notice: Notice) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    const blocks = text.split(/\r?\n\r?\n/);
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const notice = readNotice(block);
      if (notice) guarded(() => handler(notice));
    }
  }
}

/** A page's own mistake does not end the line. */
function guarded(tell: () => void): void {
  try {
    tell();
  } catch (error) {
    console.error("kilim: a live handler threw", error);
  }
}

function readNotice(block: string): Notice | undefined {
  let topic = "message";
  let data = "";
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith("event:")) topic = line.slice(6).trim();
    else if (line.startsWith("data:")) data += line.slice(5).trim();
  }
  try {
    const { id, changed } = JSON.parse(data);
    return typeof id === "string" ? { topic, id, changed: changed ?? [] } : undefined;
  } catch {
    return undefined;
  }
}
