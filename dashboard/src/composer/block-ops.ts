import type { EmailBlock } from "../../../server/src/messages/contracts.ts";

export type BlockKind = EmailBlock["kind"];

/** Where blocks stand: those of the mail itself, or those of one column of a block. */
export interface Place {
  readonly parent: string;
  readonly column: number;
}

export const KINDS: readonly BlockKind[] = [
  "heading",
  "text",
  "image",
  "button",
  "products",
  "columns",
  "divider",
  "spacer",
  "live",
  "logo",
  "fact",
  "shared",
  "code",
  "footer",
];
/** What may stand beside something else. */
export const COLUMN_KINDS: readonly BlockKind[] = [
  "heading",
  "text",
  "image",
  "button",
  "divider",
  "spacer",
  "live",
  "logo",
  "fact",
  "code",
];

let made = 0;

/** An id that no block of this mail has. */
export function newBlockId(taken: ReadonlySet<string>): string {
  let id = "";
  do id = `b${++made}`;
  while (taken.has(id));
  return id;
}

export function idsOf(blocks: readonly EmailBlock[]): Set<string> {
  return new Set(
    blocks.flatMap((block) => [
      block.id,
      ...(block.kind === "columns" ? block.columns.flatMap((column) => column.blocks.map(({ id }) => id)) : []),
    ]),
  );
}

/** A fresh block of a kind, ready to be filled in. */
export function makeBlock(kind: BlockKind, id: string, sharedId = ""): EmailBlock {
  switch (kind) {
    case "heading":
      return { id, kind, text: "", level: 1, align: "left" };
    case "text":
      return { id, kind, html: "<p></p>", align: "left" };
    case "image":
      return { id, kind, url: "", alt: "", align: "center" };
    case "button":
      return { id, kind, text: "", url: "{{ brand.url }}", align: "left" };
    case "products":
      return { id, kind, source: "cart", product_ids: [], limit: 4, show_price: true, show_stock: true, button: "" };
    case "columns":
      return { id, kind, columns: [{ blocks: [] }, { blocks: [] }] };
    case "spacer":
      return { id, kind, height: 24 };
    case "live":
      return { id, kind, shows: "stock", variant: "{{ cart.items[0].variant_id }}", until: "", alt: "", align: "left" };
    case "logo":
      return { id, kind, align: "left" };
    case "fact":
      return { id, kind, shows: "store", align: "left" };
    case "code":
      return { id, kind, mjml: "<mj-text></mj-text>" };
    case "shared":
      return { id, kind, block_id: sharedId };
    default:
      return { id, kind };
  }
}

/** The same blocks with one of them changed, wherever it stands. */
export function changeBlock(
  blocks: readonly EmailBlock[],
  id: string,
  change: (block: EmailBlock) => EmailBlock | null,
): EmailBlock[] {
  return blocks.flatMap((block) => {
    if (block.id === id) {
      const next = change(block);
      return next ? [next] : [];
    }
    if (block.kind !== "columns") return [block];
    const columns = block.columns.map((column) => ({
      ...column,
      blocks: changeBlock(column.blocks, id, change) as typeof column.blocks,
    }));
    return [{ ...block, columns }];
  });
}

/** Moves a block by so many places among its neighbours; at the ends it stays. */
export function moveBlock(blocks: readonly EmailBlock[], id: string, by: number): EmailBlock[] {
  const from = blocks.findIndex((block) => block.id === id);
  if (from >= 0) return moveTo(blocks, from, from + by);
  return inColumns(blocks, (inner) => moveBlock(inner, id, by));
}

/** Puts a block where another stands, when both are neighbours of the same list. */
export function dropBlock(blocks: readonly EmailBlock[], id: string, onto: string): EmailBlock[] {
  const from = blocks.findIndex((block) => block.id === id);
  const to = blocks.findIndex((block) => block.id === onto);
  if (from >= 0 && to >= 0) return moveTo(blocks, from, to);
  return inColumns(blocks, (inner) => dropBlock(inner, id, onto));
}

export function addBlock(blocks: readonly EmailBlock[], block: EmailBlock, place?: Place): EmailBlock[] {
  if (!place) {
    // What is under everything stays there.
    const at = blocks.at(-1)?.kind === "footer" ? blocks.length - 1 : blocks.length;
    return blocks.toSpliced(at, 0, block);
  }
  return changeBlock(blocks, place.parent, (parent) =>
    parent.kind === "columns"
      ? {
          ...parent,
          columns: parent.columns.map((column, index) =>
            index === place.column ? { ...column, blocks: [...column.blocks, block] as typeof column.blocks } : column,
          ),
        }
      : parent,
  );
}

/** A copy right behind the block, with ids of its own. */
export function copyBlock(blocks: readonly EmailBlock[], id: string): EmailBlock[] {
  const taken = idsOf(blocks);
  const fresh = () => {
    const next = newBlockId(taken);
    taken.add(next);
    return next;
  };
  const copy = (list: readonly EmailBlock[]): EmailBlock[] =>
    list.flatMap((block) => {
      if (block.id !== id) return [block];
      const twin = { ...structuredClone(block), id: fresh() };
      if (twin.kind === "columns")
        for (const column of twin.columns) for (const inner of column.blocks) inner.id = fresh();
      return [block, twin];
    });
  return blocks.some((block) => block.id === id) ? copy(blocks) : inColumns(blocks, copy);
}

function inColumns(
  blocks: readonly EmailBlock[],
  change: (inner: readonly EmailBlock[]) => EmailBlock[],
): EmailBlock[] {
  return blocks.map((block) =>
    block.kind === "columns"
      ? {
          ...block,
          columns: block.columns.map((column) => ({
            ...column,
            blocks: change(column.blocks) as typeof column.blocks,
          })),
        }
      : block,
  );
}

function moveTo(blocks: readonly EmailBlock[], from: number, to: number): EmailBlock[] {
  const block = blocks[from];
  if (!block || to < 0 || to >= blocks.length) return [...blocks];
  return blocks.toSpliced(from, 1).toSpliced(to, 0, block);
}
