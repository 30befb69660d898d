import { hash, randomBytes } from "node:crypto";

import type { Clock } from "./clock.ts";
import { type Db, one, rows, sql } from "./db.ts";
import { newId } from "./ids.ts";

export type KeyKind = "write" | "secret";

export interface ApiKey {
  readonly id: string;
  readonly kind: KeyKind;
  readonly name: string;
  /** Write keys are public and can be shown again; of a secret key only its hash is kept. */
  readonly value: string | null;
  readonly created_at: string;
}

const REFRESH_MS = 1_000;
/** A key that was revoked, here or on another node, opens nothing any more after this. */
const BELIEVED_MS = 30_000;

/** The API keys, held in memory; an unknown key makes it look again, at most once a second. */
export class KeyRing {
  readonly #db: Db;
  readonly #clock: Clock;
  #byHash = new Map<string, ApiKey>();
  #loadedAt = Number.NEGATIVE_INFINITY;

  constructor(db: Db, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** `isFresh`: whether it holds now, rather than half a minute ago. */
  async find(key: string, { isFresh = false } = {}): Promise<ApiKey | null> {
    if (key.length < 8 || key.length > 200) return null;
    const hashed = hashOf(key);
    const known = this.#byHash.get(hashed);
    const age = performance.now() - this.#loadedAt;
    if (known && !isFresh && age > BELIEVED_MS) this.#refresh();
    if ((known && !isFresh) || age < REFRESH_MS) return known ?? null;
    await this.#load();
    return this.#byHash.get(hashed) ?? null;
  }

  async list(): Promise<ApiKey[]> {
    await this.#load();
    return [...this.#byHash.values()];
  }

  /** Keeps `value` as a key, or makes one. Returns the key itself: the only moment a secret one is seen. */
  async create(
    kind: KeyKind,
    name: string,
    value = `${kind === "write" ? "wk" : "sk"}_${randomBytes(24).toString("base64url")}`,
  ): Promise<string> {
    await sql`
      insert into platform.keys (id, kind, name, hash, value, created_at)
      values (${newId(this.#clock)}, ${kind}, ${name}, ${hashOf(value)}, ${kind === "write" ? value : null}, ${this.#clock.now().toString()})
      on conflict (hash) do nothing`.execute(this.#db);
    this.#loadedAt = Number.NEGATIVE_INFINITY;
    return value;
  }

  async hasAny(kind: KeyKind): Promise<boolean> {
    return (
      (await one(this.#db, sql`select 1 from platform.keys where kind = ${kind} and revoked_at is null limit 1`)) !==
      undefined
    );
  }

  /** Nobody waits for it; while the database is away the keys stay as they were. */
  #refresh(): void {
    this.#loadedAt = performance.now();
    this.#load().catch(() => undefined);
  }

  async #load(): Promise<void> {
    const found = await rows(
      this.#db,
      sql<
        ApiKey & { hash: string }
      >`select id, kind, name, hash, value, created_at from platform.keys where revoked_at is null order by id`,
    );
    this.#byHash = new Map(found.map(({ hash, ...key }) => [hash, key]));
    this.#loadedAt = performance.now();
  }
}

function hashOf(key: string): string {
  return hash("sha256", key, "hex");
}
