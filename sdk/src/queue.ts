import type { WireEvent } from "./event.ts";
import type { Keep } from "./keep.ts";
import { uuid } from "./uuid.ts";

/** Events on their way. They stay in the queue until the server has answered for them. */
export interface Queue {
  add(event: WireEvent): void;
  /** Sends what waits now; resolves when the queue is empty or has to wait for a retry. */
  flush(): Promise<void>;
  /** The page may be going: hands everything to the browser without waiting for an answer. */
  leave(): void;
  readonly size: number;
}

export interface QueueOptions {
  readonly keep: Keep;
  readonly url: string;
  readonly writeKey: string;
  readonly flushAfter: number;
}

/** An event as it will be written; kept as text so that later changes of the page's objects cannot reach it. */
interface Waiting {
  readonly id: string;
  readonly text: string;
}

const MOST_EVENTS = 100;
const MOST_BYTES = 400_000;
/** Browsers refuse beacons and keepalive requests beyond 64 kB in flight. */
const BEACON_BYTES = 60_000;
/** An offline device keeps its newest events; localStorage holds about 5 MB for the whole shop. */
const MOST_KEPT = 1_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const LONGEST_RETRY_AFTER_MS = 300_000;

export function openQueue({ keep, url, writeKey, flushAfter }: QueueOptions): Queue {
  // Each page keeps its own list, so two tabs never overwrite each other's. A new page takes over the lists it
  // finds: from a closed tab they are lost otherwise, and from a living one they are merely sent twice under
  // the same message ids, which the server counts once.
  const name = `queue:${uuid()}`;
  let waiting: Waiting[] = [];
  const beaconed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let failures = 0;

  adopt();
  if (waiting.length > 0) schedule(0);

  function adopt(): void {
    const others = keep.names().filter((other) => other.startsWith("queue:"));
    for (const other of others) waiting.push(...parse(keep.get(other)));
    if (others.length > 0) save();
    for (const other of others) keep.remove(other);
  }

  function save(): void {
    if (waiting.length > MOST_KEPT) waiting = waiting.slice(-MOST_KEPT);
    if (waiting.length > 0) keep.set(name, list(waiting));
    else keep.remove(name);
  }

  function schedule(ms: number): void {
    if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      void flush();
    }, ms);
  }

  function flush(): Promise<void> {
    running ??= drain().finally(() => {
      running = undefined;
    });
    return running;
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = takeUpTo(waiting, MOST_EVENTS, MOST_BYTES);
      const pause = await send(batch);
      if (pause > 0) {
        clearTimeout(timer);
        timer = undefined;
        schedule(pause);
        return;
      }
      const done = new Set(batch.map((event) => event.id));
      waiting = waiting.filter((event) => !done.has(event.id));
      for (const id of done) beaconed.delete(id);
      save();
    }
  }

  /** Milliseconds to wait before the same batch goes again, 0 when it is settled (taken or refused for good). */
  async function send(batch: Waiting[]): Promise<number> {
    try {
      const response = await fetch(url, { method: "POST", headers: PLAIN, body: body(batch), credentials: "omit" });
      const canRetry = response.status >= 500 || response.status === 429 || response.status === 408;
      if (!canRetry) {
        failures = 0;
        return 0;
      }
      return retryAfter(response.headers.get("retry-after")) ?? backoff();
    } catch {
      return backoff();
    }
  }

  function backoff(): number {
    failures += 1;
    return Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS) * (0.75 + Math.random() / 2);
  }

  /** The key stands in the body, as plain text: no preflight, and a beacon cannot carry headers. */
  function body(batch: Waiting[]): string {
    const sentAt = new Date().toISOString();
    return `{"writeKey":${JSON.stringify(writeKey)},"sentAt":"${sentAt}","batch":${list(batch)}}`;
  }

  return {
    add(event) {
      waiting.push({ id: event.messageId, text: JSON.stringify(event) });
      save();
      if (failures === 0) schedule(waiting.length >= MOST_EVENTS ? 0 : flushAfter);
    },
    flush() {
      clearTimeout(timer);
      timer = undefined;
      return flush();
    },
    leave() {
      let left = waiting.filter((event) => !beaconed.has(event.id));
      while (left.length > 0) {
        const batch = takeUpTo(left, MOST_EVENTS, BEACON_BYTES);
        left = left.slice(batch.length);
        if (!post(url, body(batch))) break;
        for (const event of batch) beaconed.add(event.id);
      }
    },
    get size() {
      return waiting.length;
    },
  };
}

const PLAIN = { "content-type": "text/plain" };

/** No answer is awaited, so the events stay in the queue: the next page sends them once more, the server counts once. */
function post(url: string, body: string): boolean {
  try {
    if (navigator.sendBeacon?.(url, body)) return true;
    void fetch(url, { method: "POST", headers: PLAIN, body, keepalive: true, credentials: "omit" }).catch(() => {});
    return true;
  } catch {
    return false;
  }
}

function list(events: readonly Waiting[]): string {
  return `[${events.map((event) => event.text).join(",")}]`;
}

/** The first events that fit; always at least one, the server judges what is too large by itself. */
function takeUpTo(events: readonly Waiting[], most: number, bytes: number): Waiting[] {
  const encoder = new TextEncoder();
  let room = bytes;
  const end = events.slice(0, most).findIndex((event, index) => {
    room -= encoder.encode(event.text).length + 1;
    return room < 0 && index > 0;
  });
  return events.slice(0, end < 0 ? most : end);
}

function retryAfter(header: string | null): number | undefined {
  if (!header) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1), LONGEST_RETRY_AFTER_MS) : undefined;
}

function parse(text: string | null): Waiting[] {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(found)) return [];
    const events = found.filter((event) => typeof event?.messageId === "string");
    return events.map((event) => ({ id: event.messageId, text: JSON.stringify(event) }));
  } catch {
    return [];
  }
}
