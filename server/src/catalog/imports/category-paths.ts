import type { Tx } from "../../platform/db.ts";
import { foldSearchText } from "../fold-search-text.ts";
import { saveCategory } from "../products/queries/load-categories.pg.ts";
import { loadTree } from "./queries/known.pg.ts";

interface Node {
  readonly id: string;
  readonly parent: string | null;
  readonly titles: ReadonlySet<string>;
}

/** Categories by the path of their titles, as feeds name them; what is not there yet is made. */
export class CategoryPaths {
  readonly #nodes: Node[];
  readonly #made: { id: string; title: string; parent: string | null }[] = [];

  private constructor(nodes: Node[]) {
    this.#nodes = nodes;
  }

  static async read(tx: Tx): Promise<CategoryPaths> {
    return new CategoryPaths(
      (await loadTree(tx)).map(({ id, parent_id, title, titles }) => ({
        id,
        parent: parent_id,
        titles: new Set([title, ...Object.values(titles)].map(foldSearchText)),
      })),
    );
  }

  /** The category at the end of a path, top first; a name alone is looked for anywhere. Null for no path. */
  find(path: readonly string[]): string | null {
    const [only] = path;
    if (only === undefined) return null;
    const alone =
      path.length === 1
        ? this.#nodes.find(({ id, titles }) => id === only || titles.has(foldSearchText(only)))
        : undefined;
    if (alone) return alone.id;
    let parent: string | null = null;
    for (const title of path) parent = this.#child(parent, title);
    return parent;
  }

  async save(tx: Tx): Promise<void> {
    for (const { id, title, parent } of this.#made) await saveCategory(tx, { id, title, titles: {}, parent });
  }

  #child(parent: string | null, title: string): string {
    const folded = foldSearchText(title);
    const found = this.#nodes.find((node) => node.parent === parent && node.titles.has(folded));
    if (found) return found.id;
    const id = this.#freeId([parent, folded].filter(Boolean).join("-"));
    this.#nodes.push({ id, parent, titles: new Set([folded]) });
    this.#made.push({ id, title: title.slice(0, 200), parent });
    return id;
  }

  #freeId(wish: string): string {
    const plain =
      wish
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-+|-+$/g, "")
        .slice(0, 50) || "category";
    for (let n = 1; ; n++) {
      const id = n === 1 ? plain : `${plain}-${n}`;
      if (!this.#nodes.some((node) => node.id === id)) return id;
    }
  }
}
