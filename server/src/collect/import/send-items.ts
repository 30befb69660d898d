import { setTimeout as pause } from "node:timers/promises";

import { IMPORT_LIMITS, type ImportAnswer, importAnswer } from "./contracts.ts";
import type { ImportItem } from "./online-retail/to-items.ts";

/** The server cannot be reached or refuses; the sentence says what to do. */
export class ImportRefused extends Error {}

export interface Receiver {
  /** Where Kilim is, without a closing slash. */
  readonly url: string;
  readonly key: string;
}

const ITEMS = 200;
const BYTES = 700_000;
const AT_ONCE = 3;
const TRIES = 8;

/** Sends items in requests of bounded size, three at once, and waits when the server asks for it. */
export class ItemSender {
  readonly #receiver: Receiver;
  readonly #kind: string;
  readonly #sending = new Set<Promise<void>>();
  #batch: string[] = [];
  #bytes = 0;
  #failure: unknown = null;
  readonly result = { accepted: 0, repeated: 0, changed: [] as string[], rejected: [] as ImportAnswer["rejected"] };

  constructor(receiver: Receiver, kind: string) {
    this.#receiver = receiver;
    this.#kind = kind;
  }

  /** Resolves when there is room for more. */
  async add(item: ImportItem): Promise<void> {
    const text = JSON.stringify(item);
    this.#batch.push(text);
    this.#bytes += text.length;
    if (this.#batch.length >= Math.min(ITEMS, IMPORT_LIMITS.items) || this.#bytes >= BYTES) await this.#send();
  }

  /** Resolves when the server has everything. */
  async end(): Promise<void> {
    if (this.#batch.length > 0) await this.#send();
    await Promise.all(this.#sending);
    this.#throwFailure();
  }

  async #send(): Promise<void> {
    while (this.#sending.size >= AT_ONCE) await Promise.race(this.#sending);
    this.#throwFailure();
    const body = `{"kind":${JSON.stringify(this.#kind)},"items":[${this.#batch.join(",")}]}`;
    this.#batch = [];
    this.#bytes = 0;
    const sending = postItems(this.#receiver, body).then(
      (answer) => this.#count(answer),
      (error: unknown) => {
        this.#failure ??= error;
      },
    );
    this.#sending.add(sending);
    void sending.finally(() => this.#sending.delete(sending));
  }

  #count(answer: ImportAnswer): void {
    this.result.accepted += answer.accepted;
    this.result.repeated += answer.repeated;
    this.result.changed.push(...answer.changed);
    this.result.rejected.push(...answer.rejected);
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure;
  }
}

/** Throws at once when nobody answers there; later on, a server that restarts is waited for. */
export async function checkReceiver({ url }: Receiver): Promise<void> {
  try {
    await fetch(`${url}/healthz`);
  } catch (cause) {
    throw new ImportRefused(notThere(url), { cause });
  }
}

function notThere(url: string): string {
  return `Kilim does not answer at ${url}. Start it with npm start, or name it with --url.`;
}

/** A request may be sent again without harm: what the ledger holds already is answered as repeated. */
async function postItems(receiver: Receiver, body: string): Promise<ImportAnswer> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(`${receiver.url}/v1/import/items`, {
      method: "POST",
      headers: { authorization: `Bearer ${receiver.key}`, "content-type": "application/json" },
      body,
    }).catch((error: unknown) => error);
    if (response instanceof Response && response.ok) return importAnswer.parse(await response.json());
    const seconds = waitSeconds(response, attempt);
    if (attempt >= TRIES || seconds === null) throw await refusalOf(receiver, response);
    await pause(seconds * 1000);
  }
}

/** How long to wait before another try; null when another try would be answered the same. */
function waitSeconds(response: unknown, attempt: number): number | null {
  const backoff = Math.min(15, 0.25 * 2 ** attempt);
  if (!(response instanceof Response)) return backoff;
  if (response.status !== 429 && response.status < 500) return null;
  const asked = Number(response.headers.get("retry-after"));
  return asked > 0 ? Math.min(asked, 60) : backoff;
}

async function refusalOf({ url }: Receiver, response: unknown): Promise<ImportRefused> {
  if (!(response instanceof Response)) {
    return new ImportRefused(notThere(url));
  }
  if (response.status === 401 || response.status === 403) {
    return new ImportRefused("Kilim refuses the key. Give a secret key with --key or KILIM_API_KEY.");
  }
  const text = (await response.text()).slice(0, 300);
  return new ImportRefused(`Kilim answered ${response.status}: ${text}`);
}
