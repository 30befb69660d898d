/** So many writes a second to the readers of one topic, and so many bytes: beyond it its notices go out less often. */
const WRITES_PER_MS = 20;
const BYTES_PER_MS = 40_000;
/** Not worth waiting for: the bus itself gathers as long. */
const AT_ONCE_MS = 20;
/** Writes in one go; then whoever else waits for this process has a turn. */
const AT_ONCE = 250;

/**
 * The notices of one topic to all who hear of it. What happens while they wait is told once: with a few readers at
 * once, with five thousand four times a second.
 */
export class Feed<Reader> {
  readonly streams = new Set<Reader>();
  readonly #topic: string;
  readonly #write: (reader: Reader, bytes: Uint8Array) => void;
  readonly #pending = new Map<string, Set<string>>();
  #notBefore = 0;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(topic: string, write: (reader: Reader, bytes: Uint8Array) => void) {
    this.#topic = topic;
    this.#write = write;
  }

  add(id: string, what: readonly string[]): void {
    const known = this.#pending.get(id);
    if (known) for (const part of what) known.add(part);
    else this.#pending.set(id, new Set(what));
  }

  flushWhenDue(): void {
    if (this.#pending.size === 0 || this.#timer) return;
    const wait = this.#notBefore - performance.now();
    if (wait <= AT_ONCE_MS) this.#flush();
    else {
      this.#timer = setTimeout(() => {
        this.#timer = null;
        this.#flush();
      }, wait);
    }
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #flush(): void {
    let text = "";
    for (const [id, what] of this.#pending) {
      text += `event: ${this.#topic}\ndata: ${JSON.stringify({ id, changed: [...what] })}\n\n`;
    }
    this.#pending.clear();
    const bytes = Buffer.from(text);
    const readers = this.streams.size;
    this.#notBefore = performance.now() + readers / WRITES_PER_MS + (readers * bytes.length) / BYTES_PER_MS;
    this.#writeAll([...this.streams], 0, bytes);
  }

  #writeAll(readers: readonly Reader[], from: number, bytes: Uint8Array): void {
    const until = Math.min(from + AT_ONCE, readers.length);
    for (let i = from; i < until && !this.#isClosed; i++) this.#write(readers[i] as Reader, bytes);
    if (until < readers.length) setImmediate(() => this.#writeAll(readers, until, bytes));
  }
}
