import type { Db } from "../../platform/db.ts";
import { currentVersion, loadPublished, type PublishedTemplate } from "../queries/load-version.pg.ts";

const KEPT = 200;

/** Published templates kept in memory with their parsed Liquid; a new version is noticed at the next message. */
export class PublishedTemplates {
  readonly #db: Db;
  readonly #kept = new Map<string, PublishedTemplate>();

  constructor(db: Db) {
    this.#db = db;
  }

  async get(templateId: string): Promise<PublishedTemplate | null> {
    const version = await currentVersion(this.#db, templateId);
    if (version === null) return null;
    const known = this.#kept.get(templateId);
    if (known?.version === version) return known;
    const fresh = await loadPublished(this.#db, templateId);
    if (!fresh) return null;
    this.#kept.delete(templateId);
    this.#kept.set(templateId, fresh);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return fresh;
  }
}
