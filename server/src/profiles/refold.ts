import type { KilimEvent } from "../collect/index.ts";
import type { Tx } from "../platform/db.ts";
import type { Profile } from "./contracts.ts";
import { type Folding, foldEvent } from "./fold/fold-event.ts";
import { writeFolded } from "./fold-batch.ts";
import { toFolding, toProfile } from "./stored.ts";

/** People folded anew from all their events, whatever State holds of them. */
export class Refold {
  readonly #foldings: ReadonlyMap<string, Folding>;

  constructor(ids: readonly string[]) {
    this.#foldings = new Map(ids.map((id) => [id, toFolding({ id, data: "{}" })]));
  }

  fold(id: string, event: KilimEvent): void {
    const folding = this.#foldings.get(id);
    if (folding) foldEvent(folding, event);
  }

  /** Writes them: those in `known` have a locked row, the others get one. */
  async write(tx: Tx, known: ReadonlySet<string>): Promise<Map<string, Profile>> {
    const all = [...this.#foldings.values()];
    for (const folding of all) folding.changed.add("*");
    writeFolded(tx, all, (id) => !known.has(id));
    return new Map(all.map((folding) => [folding.id, toProfile(folding)]));
  }
}
