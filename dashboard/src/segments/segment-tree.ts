import type { Leaf } from "./sentences/conditions.ts";
import type { Condition } from "./sentences/read-condition.ts";

export type { Condition, Leaf };

export const GROUP_KINDS = ["all", "any", "none"] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];
/** Deeper ones can be written as JSON; nobody reads them any more. */
export const DEEPEST_GROUP = 5;

/** How the builder sees a definition: groups of sentences. "none of" is the wire's `not` around an `any`. */
export interface Group {
  readonly group: GroupKind;
  readonly items: readonly Item[];
}
export type Item = Group | Leaf;
/** Where an item stands: the index in the root group, then in the group found there, and so on. */
export type Path = readonly number[];

export function isGroup(item: Item): item is Group {
  return "group" in item && "items" in item;
}

/** A definition as a group; whatever is not one at its root is put into "all of". Means the same. */
export function toGroup(condition: Condition): Group {
  const item = toItem(condition);
  return isGroup(item) ? item : { group: "all", items: [item] };
}

export function toItem(condition: Condition): Item {
  if ("all" in condition) return { group: "all", items: (condition.all as readonly Condition[]).map(toItem) };
  if ("any" in condition) return { group: "any", items: (condition.any as readonly Condition[]).map(toItem) };
  if ("not" in condition) {
    const inner = toItem(condition.not as Condition);
    return { group: "none", items: isGroup(inner) && inner.group === "any" ? inner.items : [inner] };
  }
  return condition;
}

export function toCondition(item: Item): Condition {
  if (!isGroup(item)) return item;
  const conditions = item.items.map(toCondition);
  const [only] = conditions;
  if (item.group === "none") return { not: conditions.length === 1 && only ? only : { any: conditions } };
  return item.group === "all" ? { all: conditions } : { any: conditions };
}

export function replaceAt(root: Group, path: Path, change: (item: Item) => Item): Group {
  const [index, ...rest] = path;
  if (index === undefined) {
    const changed = change(root);
    return isGroup(changed) ? changed : { group: "all", items: [changed] };
  }
  return {
    ...root,
    items: root.items.map((item, at) => {
      if (at !== index) return item;
      return rest.length > 0 && isGroup(item) ? replaceAt(item, rest, change) : change(item);
    }),
  };
}

/** Puts items into the group at `path`, before the one at `index`; without `index` at its end. */
export function insertAt(root: Group, path: Path, items: readonly Item[], index?: number): Group {
  return replaceAt(root, path, (target) =>
    isGroup(target) ? { ...target, items: target.items.toSpliced(index ?? target.items.length, 0, ...items) } : target,
  );
}

/** Takes an item out; a group that is left without items goes with it, except the root. */
export function removeAt(root: Group, path: Path): Group {
  const parent = path.slice(0, -1);
  const index = path.at(-1);
  if (index === undefined) return { ...root, items: [] };
  const next = replaceAt(root, parent, (target) =>
    isGroup(target) ? { ...target, items: target.items.toSpliced(index, 1) } : target,
  );
  const emptied = parent.length > 0 && itemAt(next, parent);
  return emptied && isGroup(emptied) && emptied.items.length === 0 ? removeAt(next, parent) : next;
}

/** One place up or down within its group. */
export function moveAt(root: Group, path: Path, by: 1 | -1): { root: Group; path: Path } {
  const index = path.at(-1);
  const parent = path.slice(0, -1);
  const group = itemAt(root, parent);
  const item = itemAt(root, path);
  const to = (index ?? 0) + by;
  if (index === undefined || !item || !group || !isGroup(group) || to < 0 || to >= group.items.length)
    return { root, path };
  const moved = replaceAt(root, parent, () => ({
    ...group,
    items: group.items.toSpliced(index, 1).toSpliced(to, 0, item),
  }));
  return { root: moved, path: [...parent, to] };
}

export function itemAt(root: Group, path: Path): Item | undefined {
  return path.reduce<Item | undefined>((item, index) => (item && isGroup(item) ? item.items[index] : undefined), root);
}

/** Where sentences are not finished yet: an empty name, value or group. While there are any, nothing is asked. */
export function findGaps(root: Group, path: Path = []): Path[] {
  if (root.items.length === 0) return [path];
  return root.items.flatMap((item, index) => {
    const here = [...path, index];
    if (isGroup(item)) return findGaps(item, here);
    return hasGap(item) ? [here] : [];
  });
}

function hasGap(value: unknown): boolean {
  if (value === "" || value === null) return true;
  if (Array.isArray(value)) return value.length === 0 || value.some(hasGap);
  if (typeof value === "object") return Object.values(value).some((part) => part !== undefined && hasGap(part));
  return false;
}

/** The sentence or group that a path of the api's (`all.0.not.any.1.value`) lies in, and what of it is left for the sentence. */
export function locate(root: Group, wirePath: string): { readonly path: Path; readonly rest: string } {
  let item: Item = root;
  const path: number[] = [];
  const steps = wirePath.split(".").filter((step) => step !== "");
  while (isGroup(item) && steps.length > 0) {
    const wrapped: GroupKind = item.group;
    if (wrapped === "none") {
      steps.shift();
      // `not` around a single condition has no list in between.
      if (item.items.length === 1) {
        const [only]: readonly Item[] = item.items;
        if (!only) break;
        path.push(0);
        item = only;
        continue;
      }
    }
    steps.shift();
    const index = Number(steps.shift());
    const next: Item | undefined = item.items[index];
    if (!next) break;
    path.push(index);
    item = next;
  }
  return { path, rest: steps.join(".") };
}
