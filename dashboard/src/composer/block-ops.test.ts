import { expect, test } from "vitest";

import type { EmailBlock } from "../../../server/src/messages/contracts.ts";
import { addBlock, changeBlock, copyBlock, dropBlock, idsOf, KINDS, makeBlock, moveBlock } from "./block-ops.ts";

const columns: EmailBlock = {
  id: "c",
  kind: "columns",
  columns: [
    {
      blocks: [
        { id: "c1", kind: "heading", text: "x", level: 1, align: "left" },
        { id: "c2", kind: "divider" },
      ],
    },
    { blocks: [] },
  ],
};
const mail: EmailBlock[] = [{ id: "a", kind: "divider" }, columns, { id: "f", kind: "footer" }];
const order = (blocks: readonly EmailBlock[]) => blocks.map(({ id }) => id).join("");
const inner = (blocks: readonly EmailBlock[]) => {
  const found = blocks.find(({ id }) => id === "c");
  return found?.kind === "columns" ? found.columns.map((column) => order(column.blocks)) : [];
};

test("blocks move among their neighbours and stop at the ends", () => {
  expect(order(moveBlock(mail, "a", 1))).toBe("caf");
  expect(order(moveBlock(mail, "a", -1))).toBe("acf");
  expect(inner(moveBlock(mail, "c2", -1))).toEqual(["c2c1", ""]);
  expect(order(dropBlock(mail, "f", "a"))).toBe("fac");
  expect(inner(dropBlock(mail, "c1", "c2"))).toEqual(["c2c1", ""]);
  expect(dropBlock(mail, "c1", "a")).toEqual(mail);
});

test("a new block stands above the footer, or in the column it was asked for", () => {
  expect(order(addBlock(mail, makeBlock("text", "n")))).toBe("acnf");
  expect(inner(addBlock(mail, makeBlock("text", "n"), { parent: "c", column: 1 }))).toEqual(["c1c2", "n"]);
});

test("a change or a removal reaches into columns", () => {
  expect(inner(changeBlock(mail, "c1", () => null))).toEqual(["c2", ""]);
  const changed = changeBlock(mail, "c1", (block) => ({ ...block, text: "y" }) as EmailBlock);
  expect(JSON.stringify(changed)).toContain('"text":"y"');
  expect(JSON.stringify(mail)).not.toContain('"text":"y"');
});

test("a copy has ids of its own, also inside", () => {
  const twice = copyBlock(mail, "c");
  expect(twice).toHaveLength(4);
  expect(idsOf(twice).size).toBe(8);
  expect(idsOf(copyBlock(mail, "c1")).size).toBe(6);
});

test("every kind can be made", () => {
  for (const kind of KINDS) expect(makeBlock(kind, "x", "s")).toMatchObject({ id: "x", kind });
});
