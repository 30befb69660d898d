import type { Db } from "../../platform/db.ts";
import { currentVersions, loadPublished, type PublishedTemplate } from "../queries/load-version.pg.ts";

const KEPT = 200;

/** Published templates kept in memory with their parsed Liquid; a new version is noticed at the next claim. */
export class PublishedTemplates {
  readonly #db: Db;
  readonly #kept = new Map<string, PublishedTemplate>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** By id, as they are published now; one that does not exist is absent. */
  async getAll(ids: readonly string[]): Promise<ReadonlyMap<string, PublishedTemplate>> {
    const found = new Map<string, PublishedTemplate>();
    if (ids.length === 0) return found;
    for (const [id, version] of await currentVersions(this.#db, ids)) {
      const known = this.#kept.get(id);
      const template = known?.version === version ? known : await loadPublished(this.#db, id);
      if (template) found.set(id, this.#keep(template));
    }
    return found;
  }

  #keep(template: PublishedTemplate): PublishedTemplate {
    this.#kept.delete(template.id);
    this.#kept.set(template.id, template);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return template;
  }
}
