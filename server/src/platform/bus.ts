import pg from "pg";

/** "batch": people have been worked in; "timers": somebody has set a time that may come before the next one known. */
export const WAKE_TOPICS = [
  "inbox",
  "outbox",
  "batch",
  "timers",
  "messages",
  "errands",
  "broadcasts",
  "imports",
  "segment_jobs",
  "blocks",
] as const;
export type WakeTopic = (typeof WAKE_TOPICS)[number];

/** A live notice: something of `topic` with `id` changed; `what` names the parts. Sent after commit, ids only. */
export interface Change {
  readonly topic: string;
  readonly id: string;
  readonly what: readonly string[];
}

/**
 * Tells the other parts and nodes what happened. Everything here is a hint: whoever misses one finds the truth in
 * State. A notice after a pause goes out at once; those of the next 8 ms go out together, because a commit with NOTIFY
 * takes a lock on the whole database.
 */
export interface Bus {
  wake(topic: WakeTopic): void;
  onWake(topic: WakeTopic, listener: () => void): () => void;
  changed(topic: string, id: string, what: readonly string[]): void;
  onChange(listener: (changes: readonly Change[]) => void): () => void;
  /** Calls back when this node was deaf for a while and hears again: others' changes may have been missed. */
  onGap(listener: () => void): () => void;
  close(): Promise<void>;
}

const CHANNEL = "kilim_bus";
const COALESCE_MS = 8;
const WAKE_MS = 5;
/** PostgreSQL aborts a NOTIFY of 8,000 bytes or more. */
const MAX_PAYLOAD = 7_500;
const RECONNECT_MS = 500;
/** A database that does not answer must not fill our memory with what nobody will care about by then. */
const MOST_UNSENT = 50;

export class PgBus implements Bus {
  readonly #pool: pg.Pool;
  readonly #sender = `${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
  readonly #wakeListeners = new Map<WakeTopic, Set<() => void>>();
  readonly #changeListeners = new Set<(changes: readonly Change[]) => void>();
  readonly #gapListeners = new Set<() => void>();
  readonly #wakes = new Set<WakeTopic>();
  readonly #changes = new Map<string, { topic: string; id: string; what: Set<string> }>();
  #client: pg.Client | null = null;
  readonly #flushing = new Pace(COALESCE_MS, () => this.#flush());
  readonly #waking = new Pace(WAKE_MS, () => this.#sendWakes());
  #reconnectTimer: NodeJS.Timeout | null = null;
  #sending: Promise<void> = Promise.resolve();
  #unsent = 0;
  #closed = false;

  private constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  static async open(pool: pg.Pool): Promise<PgBus> {
    const bus = new PgBus(pool);
    await bus.#listen();
    return bus;
  }

  wake(topic: WakeTopic): void {
    if (this.#closed) return;
    this.#deliverWake(topic);
    this.#wakes.add(topic);
    this.#waking.soon();
  }

  onWake(topic: WakeTopic, listener: () => void): () => void {
    const listeners = this.#wakeListeners.get(topic) ?? new Set();
    this.#wakeListeners.set(topic, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  changed(topic: string, id: string, what: readonly string[]): void {
    if (this.#closed) return;
    const key = `${topic}:${id}`;
    const change = this.#changes.get(key) ?? { topic, id, what: new Set<string>() };
    for (const part of what) change.what.add(part);
    this.#changes.set(key, change);
    this.#flushing.soon();
  }

  onChange(listener: (changes: readonly Change[]) => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  onGap(listener: () => void): () => void {
    this.#gapListeners.add(listener);
    return () => this.#gapListeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#flushing.stop();
    this.#waking.stop();
    if (this.#reconnectTimer) clearTimeout(this.#reconnectTimer);
    await this.#sending;
    await this.#client?.end();
  }

  #sendWakes(): void {
    const topics = [...this.#wakes];
    this.#wakes.clear();
    this.#send([JSON.stringify({ s: this.#sender, w: topics })]);
  }

  #flush(): void {
    const changes = [...this.#changes.values()].map(({ topic, id, what }) => ({ topic, id, what: [...what] }));
    this.#changes.clear();
    this.#deliverChanges(changes);
    this.#send(packChanges(this.#sender, changes));
  }

  #send(payloads: readonly string[]): void {
    if (payloads.length === 0 || this.#unsent > MOST_UNSENT) return;
    this.#unsent += 1;
    this.#sending = this.#sending
      .then(async () => {
        await this.#pool.query("select pg_notify($1, payload) from unnest($2::text[]) as payload", [CHANNEL, payloads]);
      })
      .finally(() => {
        this.#unsent -= 1;
      })
      .catch(() => {
        // The database is away. Notices are hints; whoever waits for one looks for itself within a second.
      });
  }

  async #listen(): Promise<void> {
    const client = new pg.Client(this.#pool.options as pg.ClientConfig);
    client.on("error", () => this.#reconnect(client));
    client.on("end", () => this.#reconnect(client));
    client.on("notification", (message) => this.#receive(message.payload ?? ""));
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    this.#client = client;
  }

  #reconnect(lost: pg.Client): void {
    if (this.#closed || this.#reconnectTimer || (this.#client !== null && this.#client !== lost)) return;
    this.#client = null;
    this.#reconnectTimer = setTimeout(() => {
      this.#reconnectTimer = null;
      this.#listen().then(
        () => {
          for (const topic of WAKE_TOPICS) this.#deliverWake(topic);
          for (const listener of this.#gapListeners) listener();
        },
        () => this.#reconnect(lost),
      );
    }, RECONNECT_MS);
  }

  #receive(payload: string): void {
    const notice = JSON.parse(payload) as { s: string; w?: WakeTopic[]; c?: [string, string, string[]][] };
    if (notice.s === this.#sender) return;
    for (const topic of notice.w ?? []) this.#deliverWake(topic);
    if (notice.c) this.#deliverChanges(notice.c.map(([topic, id, what]) => ({ topic, id, what })));
  }

  #deliverWake(topic: WakeTopic): void {
    for (const listener of this.#wakeListeners.get(topic) ?? []) listener();
  }

  #deliverChanges(changes: readonly Change[]): void {
    for (const listener of this.#changeListeners) listener(changes);
  }
}

/** Runs something soon: at the end of this turn after a pause, else when `ms` have passed since the last time. */
class Pace {
  readonly #ms: number;
  readonly #run: () => void;
  #timer: NodeJS.Timeout | null = null;
  #last = Number.NEGATIVE_INFINITY;

  constructor(ms: number, run: () => void) {
    this.#ms = ms;
    this.#run = run;
  }

  soon(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null;
        this.#last = performance.now();
        this.#run();
      },
      Math.max(0, this.#last + this.#ms - performance.now()),
    );
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }
}

function packChanges(sender: string, changes: readonly Change[]): string[] {
  const payloads: string[] = [];
  let open: string[] = [];
  let size = 0;
  const close = () => {
    if (open.length > 0) payloads.push(`{"s":${JSON.stringify(sender)},"c":[${open.join(",")}]}`);
    open = [];
    size = 0;
  };
  for (const { topic, id, what } of changes) {
    const item = JSON.stringify([topic, id, what]);
    const bytes = Buffer.byteLength(item) + 1;
    if (size + bytes > MAX_PAYLOAD - 100) close();
    open.push(item);
    size += bytes;
  }
  close();
  return payloads;
}
