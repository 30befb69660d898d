import { setTimeout as pause } from "node:timers/promises";

import { inTransaction } from "../../platform/db.ts";
import type { MessagesDeps } from "../deps.ts";
import { putBack, type Return } from "../queries/settle-messages.pg.ts";
import { type End, type SettleDeps, tellAll, writeEnds } from "./write-ends.ts";

type Deps = SettleDeps & Pick<MessagesDeps, "db" | "log">;

/** What a worker has to write down about one message. */
export type Note = { readonly end: End } | { readonly back: Return };

const TRIES = 6;
const FIRST_PAUSE_MS = 100;

/**
 * Writes down what providers have said. While one transaction is under way the next notes gather, and go together:
 * one message alone is written at once, a thousand a second in a few dozen commits. What a provider has taken and we
 * cannot write down would go out twice, so a database that is away is asked again for some seconds.
 */
export class Settler {
  readonly #deps: Deps;
  readonly #gatherMs: number;
  #gathered: { readonly note: Note; readonly done: () => void }[] = [];
  #isWriting = false;

  /** @param gatherMs Where nobody waits for one message: for so long others are waited for, to go with it. */
  constructor(deps: Deps, gatherMs: number) {
    this.#deps = deps;
    this.#gatherMs = gatherMs;
  }

  /** Resolves once the note is written, or given up; never rejects. */
  write(note: Note): Promise<void> {
    return new Promise((resolve) => {
      this.#gathered.push({ note, done: resolve });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#gathered.length > 0) {
      if (this.#gatherMs > 0) await pause(this.#gatherMs);
      const batch = this.#gathered;
      this.#gathered = [];
      await this.#writeOut(batch.map(({ note }) => note));
      for (const { done } of batch) done();
    }
    this.#isWriting = false;
  }

  async #writeOut(notes: readonly Note[]): Promise<void> {
    const ends = notes.flatMap((note) => ("end" in note ? [note.end] : []));
    const backs = notes.flatMap((note) => ("back" in note ? [note.back] : []));
    for (let attempt = 1; ; attempt++) {
      try {
        const told = await inTransaction(this.#deps.db, async (tx) => {
          await putBack(tx, backs);
          return writeEnds(tx, this.#deps, ends);
        });
        tellAll(this.#deps, told);
        return;
      } catch (error) {
        if (attempt === TRIES) {
          this.#deps.log.error({ err: error, messages: notes.length }, "what became of messages could not be written");
          return;
        }
        await pause(FIRST_PAUSE_MS * 2 ** attempt);
      }
    }
  }
}
