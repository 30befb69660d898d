import { z } from "zod";

import { every } from "../graph/shapes.ts";
import type { NodeKind } from "./node-kind.ts";

const schema = z.strictObject({ kind: z.literal("exit"), ...every });

export const exit: NodeKind<z.infer<typeof schema>> & { schema: typeof schema } = {
  kind: "exit",
  schema,
  ways: () => [],
  arrive: () => ({ end: "completed" }),
};
