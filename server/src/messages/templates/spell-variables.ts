import { spellOut } from "../content/variables.ts";
import type { MessagesDeps } from "../deps.ts";
import { listBlocks } from "../queries/blocks.pg.ts";
import type { VariablesView } from "./contracts.ts";

const MOST_SHARED = 200;

/** Every variable, filter and shared block that a template can use, with what it is. */
export async function spellVariables(deps: Pick<MessagesDeps, "db">, language: string): Promise<VariablesView> {
  const shared = (await listBlocks(deps.db, null, MOST_SHARED)).map(({ key, name }) => ({ key, name }));
  return { ...spellOut(language), shared };
}
