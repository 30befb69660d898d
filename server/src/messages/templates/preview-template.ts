import type { z } from "zod";

import type { FieldError } from "../../platform/errors.ts";
import type { Profile } from "../../profiles/contracts.ts";
import type { BrandBook } from "../brand/brand-book.ts";
import { chooseLanguage } from "../content/choose-language.ts";
import { LiquidError, missingVariable } from "../content/liquid.ts";
import { NOTHING_LIVE, readLive } from "../content/read-live.ts";
import { makeRenderData, type RenderData } from "../content/render-data.ts";
import { countSegments } from "../content/sms-segments.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { loadPublished, type PublishedTemplate } from "../queries/load-version.pg.ts";
import { addressOf } from "../sending/address-of.ts";
import { languageOf } from "../sending/gather-facts.ts";
import type { TrackingTokens } from "../tracking/tokens.ts";
import { liveImages } from "../tracking/tracked-links.ts";
import { type Compiled, compileContents, readWritten } from "./compile-contents.ts";
import type { PreviewView, previewBody } from "./contracts.ts";
import { needsOfTemplate, type Rendered, renderTemplate } from "./render-template.ts";

export interface PreviewDeps
  extends Pick<MessagesDeps, "db" | "clock" | "live" | "publicUrl" | "loadProfiles" | "resolveProfile"> {
  readonly brands: BrandBook;
  readonly tokens: TrackingTokens;
}

type Missing = PreviewView["missing"];
type Mistakes = PreviewView["mistakes"];

/** A template as one real person would get it now. What is missing for them is an error here, a blank when sent. */
export async function previewTemplate(
  deps: PreviewDeps,
  id: string,
  body: z.infer<typeof previewBody>,
): Promise<PreviewView> {
  const template = await loadPublished(deps.db, id);
  if (!template) throw refuse("template_not_found");
  const { channel } = template;
  const profile = body.profile ? await findProfile(deps, body.profile) : null;
  const wanted = body.language ?? (profile === null ? null : languageOf(profile));
  const nearest = chooseLanguage(Object.keys(template.compiled), wanted, template.default_language);
  const language = body.content ? (body.language ?? nearest) : nearest;
  const { compiled, mistakes } = await compiledOf(deps, template, body.content, language);
  const empty = { subject: "", html: "", text: "", content: null, segments: null };
  const nothing = { language, channel, ...empty, missing: [], mistakes: [] };
  if (!compiled) return { ...nothing, errors: mistakes.map(({ message }) => message), mistakes };

  const live = profile
    ? (await readLive(deps.live, [profile], needsOfTemplate(channel, compiled))).get(profile.id)
    : undefined;
  const data = makeRenderData({
    profile,
    email: addressOf(profile?.traits),
    language: body.language ?? language,
    live: live ?? NOTHING_LIVE,
    data: body.data,
    brand: await deps.brands.brandIn(language),
    publicUrl: deps.publicUrl,
    unsubscribeUrl: `${deps.publicUrl}/t/u/preview`,
    preferencesUrl: () => `${deps.publicUrl}/t/p/preview`,
    confirmUrl: () => (channel === "email" ? `${deps.publicUrl}/t/d/preview` : null),
  });
  const { rendered, problems, missing } = renderAll(deps, template, compiled, data);
  return { ...nothing, ...(rendered ? show(rendered) : {}), errors: problems, missing };
}

async function findProfile(deps: PreviewDeps, ref: string): Promise<Profile | null> {
  const profileId = await deps.resolveProfile(deps.db, ref);
  return (await deps.loadProfiles(deps.db, [profileId])).get(profileId) ?? null;
}

async function compiledOf(
  deps: PreviewDeps,
  template: PublishedTemplate,
  content: unknown,
  language: string,
): Promise<{ compiled: Compiled | undefined; mistakes: Mistakes }> {
  if (content === undefined) return { compiled: template.compiled[language], mistakes: [] };
  const { channel, purpose } = template;
  const { written, errors } = readWritten(channel, content);
  if (!written) return { compiled: undefined, mistakes: errors.map(asMistake) };
  const made = await compileContents(deps.db, { channel, purpose, contents: { [language]: written } });
  return {
    compiled: made.errors.length === 0 ? made.compiled[language] : undefined,
    mistakes: made.errors.map((one) => asMistake({ ...one, path: one.path.split(".").slice(2).join(".") })),
  };
}

function asMistake({ path, message, code = "not_valid", value, limit }: FieldError): Mistakes[number] {
  return { path, code, message: `${path}: ${message}`, value: value ?? (limit === undefined ? null : String(limit)) };
}

const MOST_MISSING = 20;

/** Renders strictly until everything that is missing has been named, then as it would be sent. */
function renderAll(deps: PreviewDeps, { channel }: PublishedTemplate, compiled: Compiled, data: RenderData) {
  const options = { now: deps.clock.now(), image: liveImages(deps.tokens, deps.publicUrl) };
  const missing: Missing = [];
  const problems: string[] = [];
  let filled = withoutNothing(data);
  while (missing.length < MOST_MISSING) {
    try {
      renderTemplate(channel, compiled, filled, { ...options, strict: true });
      break;
    } catch (error) {
      if (!(error instanceof LiquidError)) throw error;
      problems.push(error.message);
      const variable = missingVariable(error);
      if (variable === null) break;
      missing.push({ variable, message: error.message });
      const next = withValue(filled, variable.split("."));
      if (next === null) break;
      filled = next;
    }
  }
  try {
    return { rendered: renderTemplate(channel, compiled, data, { ...options, strict: false }), problems, missing };
  } catch (error) {
    if (!(error instanceof LiquidError)) throw error;
    return { rendered: null, problems: [...new Set([...problems, error.message])], missing };
  }
}

/** Whoever has no store, no balance, lacks whatever is read of it: of a null a strict render would say nothing. */
function withoutNothing(data: RenderData): RenderData {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null)) as unknown as RenderData;
}

/** The data with an empty text under `path`; null when that cannot be, as for a line of a loop. */
function withValue(data: RenderData, path: readonly string[]): RenderData | null {
  const copy = structuredClone(data) as unknown as Record<string, unknown>;
  let at = copy;
  for (const [index, key] of path.entries()) {
    if (Object.hasOwn(at, key) && index === path.length - 1) return null;
    if (index === path.length - 1) at[key] = "";
    else {
      const next = at[key];
      if (typeof next !== "object" || next === null) at[key] = {};
      at = at[key] as Record<string, unknown>;
    }
  }
  return copy as unknown as RenderData;
}

function show(rendered: Rendered): Partial<PreviewView> {
  if (rendered.channel === "email") {
    const { subject, html, text } = rendered;
    return { subject, html, text };
  }
  const text = "text" in rendered ? rendered.text : "";
  return { content: rendered, text, segments: rendered.channel === "sms" ? countSegments(rendered.text) : null };
}
