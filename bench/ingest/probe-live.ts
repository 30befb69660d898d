import { KeepAlive } from "../lib/keep-alive.ts";
import type { KilimProcess } from "../lib/kilim-process.ts";

export interface Probed {
  /** Milliseconds from the answer to an event until its person's new segment is told on `/v1/live`, sorted. */
  readonly live: number[];
  /** The same from the moment the event was sent. */
  readonly fromSend: number[];
  /** Milliseconds of `GET /v1/profiles/{ref}`, sorted. */
  readonly reads: number[];
}

const EVENTS_PER_S = 1_000;
const READS_PER_S = 500;
const PROBES_PER_S = 20;
const MOST_PROBES = 500;

/**
 * With 1,000 events/s and 500 profile reads/s beside it: how long from an accepted event to its person's entering a
 * segment on a live stream. `fresh` are people who are not in the segment yet.
 */
export async function probeLive(
  kilim: KilimProcess,
  seconds: number,
  next: () => object,
  fresh: readonly { readonly id: string; probe(): object }[],
): Promise<Probed> {
  const write = `Basic ${Buffer.from(`${kilim.writeKey}:`).toString("base64")}`;
  const secret = `Bearer ${kilim.apiKey}`;
  const people = fresh.slice(0, Math.min(MOST_PROBES, seconds * PROBES_PER_S));
  const sent = new Map<string, { at: number; answered: number | null; told: number | null }>();
  const stream = await openLive(
    kilim,
    secret,
    people.map(({ id }) => id),
    (id) => {
      const probe = sent.get(id);
      if (probe) probe.told ??= performance.now();
    },
  );
  const reads: number[] = [];
  const load = await Promise.all(Array.from({ length: 4 }, () => KeepAlive.open(kilim.url, write)));
  const prober = await Promise.all(Array.from({ length: 4 }, () => KeepAlive.open(kilim.url, write)));
  const readers = await Promise.all(Array.from({ length: 4 }, () => KeepAlive.open(kilim.url, secret)));
  await Promise.all([
    ...load.map((connection, i) =>
      every(1000 / (EVENTS_PER_S / 10 / load.length), seconds, i / load.length, async () => {
        const batch = Array.from({ length: 10 }, next);
        await connection.post("/v1/batch", JSON.stringify({ batch, sentAt: new Date().toISOString() }));
      }),
    ),
    ...readers.map((connection, i) =>
      every(1000 / (READS_PER_S / readers.length), seconds, i / readers.length, async (n) => {
        const person = fresh[(n * readers.length + i) % fresh.length] as { id: string };
        const asked = performance.now();
        const { status } = await connection.get(`/v1/profiles/${person.id}`);
        if (status !== 200) throw new Error(`a profile answered ${status}`);
        reads.push(performance.now() - asked);
      }),
    ),
    ...prober.map((connection, i) =>
      every(1000 / (PROBES_PER_S / prober.length), seconds, i / prober.length, async (n) => {
        const person = people[n * prober.length + i];
        if (!person) return;
        const probe: { at: number; answered: number | null; told: number | null } = {
          at: performance.now(),
          answered: null,
          told: null,
        };
        sent.set(person.id, probe);
        await connection.post("/v1/track", JSON.stringify(person.probe()));
        probe.answered = performance.now();
      }),
    ),
  ]);
  const until = performance.now() + 5_000;
  while ([...sent.values()].some(({ told }) => told === null) && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 20));
  stream.abort();
  for (const connection of [...load, ...prober, ...readers]) connection.close();
  const probes = [...sent.values()];
  const missing = probes.filter(({ told }) => told === null).length;
  if (missing > 0) throw new Error(`${missing} of ${probes.length} entries were never told`);
  const since = (start: (probe: (typeof probes)[number]) => number) =>
    probes.map((probe) => Math.max(0, (probe.told ?? 0) - start(probe))).sort((a, b) => a - b);
  return {
    live: since(({ answered }) => answered ?? 0),
    fromSend: since(({ at }) => at),
    reads: reads.sort((a, b) => a - b),
  };
}

/** Calls at a steady pace; a call that is late is made at once, and the next keep to the clock. */
async function every(ms: number, seconds: number, phase: number, call: (n: number) => Promise<void>): Promise<void> {
  const began = performance.now() + ms * phase;
  for (let n = 0; n * ms < seconds * 1000; n++) {
    const wait = began + n * ms - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    await call(n);
  }
}

async function openLive(
  kilim: KilimProcess,
  authorization: string,
  ids: readonly string[],
  onSegments: (id: string) => void,
): Promise<AbortController> {
  const aborting = new AbortController();
  const response = await fetch(`${kilim.url}/v1/live?profiles=${ids.join(",")}`, {
    headers: { authorization },
    signal: aborting.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!response.ok || !reader) throw new Error(`the live stream answered ${response.status}`);
  await reader.read();
  void (async () => {
    let text = "";
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        text += value;
        const notices = text.split("\n\n");
        text = notices.pop() ?? "";
        for (const notice of notices) {
          const data = /^data: (.*)$/m.exec(notice)?.[1];
          if (!notice.startsWith("event: profile") || !data) continue;
          const { id, changed } = JSON.parse(data) as { id: string; changed: string[] };
          if (changed.includes("segments")) onSegments(id);
        }
      }
    } catch {
      // Closed by us.
    }
  })();
  return aborting;
}
