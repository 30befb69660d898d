import type { z } from "zod";
import type { FieldError } from "../../platform/errors.ts";
import type { Outbound } from "../../platform/outbound/outbound.ts";
import { OutboundError } from "../../platform/outbound/problems.ts";
import { type BrandBook, brandOf } from "../brand/brand-book.ts";
import type { BrandKit } from "../brand/kit.ts";
import type { Checked, Found } from "../content/checks/check.ts";
import { checkLinks, linksOf } from "../content/checks/links.ts";
import { checkLooks } from "../content/checks/looks.ts";
import { checkRendering } from "../content/checks/rendering.ts";
import { checkShortTexts } from "../content/checks/short-texts.ts";
import { checkVariables } from "../content/checks/variables.ts";
import { checkWording } from "../content/checks/wording.ts";
import type { Channel } from "../content/kinds.ts";
import { NOTHING_LIVE } from "../content/read-live.ts";
import { makeRenderData } from "../content/render-data.ts";
import type { Written } from "../content/written.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import type { Purpose } from "../vocabulary.ts";
import { type Compiled, compileContents, readWritten } from "./compile-contents.ts";
import type { CheckView, checkBody, Finding } from "./contracts.ts";
import { renderTemplate, variablesOfTemplate } from "./render-template.ts";
import { readTemplate } from "./save-template.ts";

export interface CheckDeps extends Pick<MessagesDeps, "db" | "publicUrl" | "clock"> {
  readonly brands: BrandBook;
  readonly http: Pick<Outbound, "send">;
}

/** What readers, filters and mail programs would find wrong, told before anything is published. */
export async function checkTemplate(deps: CheckDeps, id: string, body: z.infer<typeof checkBody>): Promise<CheckView> {
  const template = await readTemplate(deps, id);
  const { channel } = template;
  const purpose = body.purpose ?? template.purpose;
  const findings = await findIn(
    deps,
    { channel, purpose, contents: body.contents ?? template.contents },
    body.ask_links,
  );
  return { findings: findings.toSorted((a, b) => rank(a) - rank(b)) };
}

/** What is plainly wrong is not published: a link to nowhere, a variable that does not exist, a mail too large. */
export async function refuseErrors(deps: CheckDeps, body: Look): Promise<void> {
  const errors = (await findIn(deps, body, false)).filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const fields = errors.map(({ language, path, message, code, value }) => ({
    path: ["contents", language, path].filter(Boolean).join("."),
    message: value === null || message.includes(value) ? message : `${message} (${value})`,
    code,
    ...(value === null ? {} : { value }),
  }));
  throw refuse("template_not_valid", undefined, fields);
}

interface Look {
  readonly channel: Channel;
  readonly purpose: Purpose;
  readonly contents: Readonly<Record<string, unknown>>;
}

async function findIn(deps: CheckDeps, look: Look, asksLinks: boolean): Promise<Finding[]> {
  const { channel, purpose } = look;
  const contents: Record<string, Written> = {};
  const findings: Finding[] = [];
  for (const [language, given] of Object.entries(look.contents)) {
    const { written, errors } = readWritten(channel, given);
    if (written) contents[language] = written;
    findings.push(...errors.map((one) => notValid(language, one)));
  }
  const { compiled, errors } = await compileContents(deps.db, { channel, purpose, contents });
  for (const one of errors) {
    const [, language = "", ...field] = one.path.split(".");
    findings.push(notValid(language, { ...one, path: field.join(".") }));
  }
  const { kit } = await deps.brands.current();
  for (const [language, written] of Object.entries(contents)) {
    const made = compiled[language];
    const isBroken = errors.some(({ path }) => path.startsWith(`contents.${language}.`));
    const checked: Checked = {
      ...{ channel, purpose, language, written, kit },
      html: made && "html" in made ? made.html : "",
      variables: made && !isBroken ? variablesOfTemplate(channel, made as Compiled) : [],
    };
    const found = [checkLooks, checkLinks, checkWording, checkShortTexts, checkVariables].flatMap((check) =>
      check(checked),
    );
    if (made && !isBroken) found.push(...checkRendering(checked, () => renderForNobody(deps, checked, made, kit)));
    if (asksLinks) found.push(...(await askLinks(deps.http, checked)));
    findings.push(...found.map((one) => ({ ...one, language })));
  }
  return findings;
}

function renderForNobody({ publicUrl, clock }: CheckDeps, checked: Checked, made: Compiled, kit: BrandKit): void {
  const { channel, language } = checked;
  const data = makeRenderData({
    profile: null,
    email: null,
    language,
    live: NOTHING_LIVE,
    data: {},
    brand: brandOf(kit, language, publicUrl),
    publicUrl,
    unsubscribeUrl: publicUrl,
    preferencesUrl: () => publicUrl,
    confirmUrl: () => publicUrl,
  });
  renderTemplate(channel, made, data, { strict: false, now: clock.now() });
}

function rank({ severity }: Finding): number {
  return severity === "error" ? 0 : 1;
}

function notValid(language: string, { path, message, code = "not_valid", value, limit }: FieldError): Finding {
  const about = value ?? (limit === undefined ? null : String(limit));
  return { code, severity: "error", language, path, message, value: about };
}

const MOST_ASKED = 30;
const AT_ONCE = 5;

/** Asks the addresses whether they are there. */
async function askLinks(http: CheckDeps["http"], checked: Checked): Promise<Found[]> {
  const links = linksOf(checked)
    .filter(({ url }) => /^https?:/i.test(url))
    .slice(0, MOST_ASKED);
  const found: Found[] = [];
  for (let at = 0; at < links.length; at += AT_ONCE) {
    const answers = await Promise.all(links.slice(at, at + AT_ONCE).map((link) => ask(http, link)));
    found.push(...answers.flat());
  }
  return found;
}

async function ask(http: CheckDeps["http"], { path, url }: { path: string; url: string }): Promise<Found[]> {
  const dead = (message: string): Found[] => [{ code: "link_dead", severity: "error", path, message, value: url }];
  try {
    const request = { url, headers: {}, timeoutMs: 5_000, maxBytes: 1_000, isRepeatable: true };
    const { status } = await http.send({ ...request, method: "HEAD" });
    // Not every server answers HEAD.
    const last = status === 405 || status === 501 ? (await http.send({ ...request, method: "GET" })).status : status;
    return last >= 400 ? dead(`The address answers ${last}.`) : [];
  } catch (error) {
    if (error instanceof OutboundError) return dead(`The address does not answer: ${error.problem}.`);
    throw error;
  }
}
