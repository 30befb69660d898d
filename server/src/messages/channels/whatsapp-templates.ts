import { z } from "zod";

import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { loadDefaultAccount } from "../queries/accounts.pg.ts";
import { openAccount } from "./accounts.ts";
import { reasonOf, type Tools } from "./adapter.ts";
import { ask, isYes, readAnswer } from "./ask.ts";
import { GRAPH, graphRefusal } from "./graph-api.ts";

export const approvedTemplate = z.object({
  name: z.string(),
  language: z.string(),
  category: z.string(),
  /** As people read it, with {{1}} … where values go. */
  body: z.string(),
  /** How many values the body takes. */
  values: z.int(),
  header: z.enum(["text", "image", "document", "other"]).nullable(),
  /** Places of buttons that take a value. */
  url_buttons: z.array(z.int()),
});
export const approvedTemplates = z.object({ items: z.array(approvedTemplate), next: z.null() });
export type ApprovedTemplates = z.infer<typeof approvedTemplates>;

const PER_PAGE = 100;
/** Meta lets a business have 250 unless it is verified; nobody chooses among more than these. */
const MOST_PAGES = 20;

/** The templates that Meta has approved for the account messages go over: …/whatsapp-business-account/message_templates */
export async function readApprovedTemplates(
  deps: Pick<MessagesDeps, "db" | "secrets">,
  { http }: Pick<Tools, "http">,
): Promise<ApprovedTemplates> {
  const row = await loadDefaultAccount(deps.db, "whatsapp");
  if (!row) throw refuse("account_not_found", "WhatsApp has no account yet.");
  const { settings, secrets, endpoint } = openAccount(deps.secrets, row);
  const business = z.object({ business_account_id: z.string() }).safeParse(settings).data?.business_account_id;
  if (business === undefined)
    throw refuse("templates_not_listed", "The account's settings do not say its business account.");
  const items: ApprovedTemplates["items"] = [];
  const headers = { authorization: `Bearer ${secrets.access_token}` };
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = new URLSearchParams({ fields: FIELDS, status: "APPROVED", limit: String(PER_PAGE) });
    if (after !== undefined) query.set("after", after);
    const read = await askPage(http, `${endpoint ?? GRAPH}/${business}/message_templates?${query}`, headers);
    items.push(...read.data.filter(({ status }) => status === "APPROVED").map(toTemplate));
    after = read.paging?.next === undefined ? undefined : read.paging.cursors?.after;
    if (after === undefined) break;
  }
  return { items: items.toSorted((a, b) => (a.name + a.language < b.name + b.language ? -1 : 1)), next: null };
}

const FIELDS = "name,language,status,category,components";
const component = z.object({
  type: z.string(),
  format: z.string().optional(),
  text: z.string().optional(),
  buttons: z.array(z.object({ type: z.string(), url: z.string().optional() })).optional(),
});
const listed = z.object({
  name: z.string(),
  language: z.string(),
  status: z.string(),
  category: z.string(),
  components: z.array(component).default([]),
});
const listing = z.object({
  data: z.array(listed),
  paging: z.object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() }).optional(),
});

async function askPage(http: Tools["http"], url: string, headers: Record<string, string>) {
  const answer = await ask(http, { method: "GET", url, headers, isRepeatable: true }).catch((error: unknown) => {
    throw refuse("templates_not_listed", reasonOf(error));
  });
  if (!isYes(answer)) throw refuse("templates_not_listed", graphRefusal(answer).reason);
  const read = readAnswer(answer, listing);
  if (read === null) throw refuse("templates_not_listed", "The answer is not what Meta documents.");
  return read;
}

function toTemplate({ name, language, category, components }: z.infer<typeof listed>) {
  const of = (type: string) => components.find((one) => one.type === type);
  const body = of("BODY")?.text ?? "";
  const format = of("HEADER")?.format?.toLowerCase();
  const known = (["text", "image", "document"] as const).find((one) => one === format);
  return {
    ...{ name, language, category, body },
    values: new Set(body.match(/\{\{\s*\w+\s*\}\}/g) ?? []).size,
    header: format === undefined ? null : (known ?? ("other" as const)),
    url_buttons: (of("BUTTONS")?.buttons ?? []).flatMap(({ url }, index) => (url?.includes("{{") ? [index] : [])),
  };
}
