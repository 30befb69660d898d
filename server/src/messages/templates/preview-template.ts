import type { z } from "zod";
import type { Profile } from "../../profiles/contracts.ts";
import { chooseLanguage } from "../content/choose-language.ts";
import { LiquidError } from "../content/liquid.ts";
import { type CompiledContent, renderContent } from "../content/render-content.ts";
import { makeRenderData, type RenderData } from "../content/render-data.ts";
import type { PreviewView, previewBody } from "../contracts.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { loadPublished, type PublishedTemplate } from "../queries/load-version.pg.ts";
import { addressOf } from "../sending/address-of.ts";
import { languageOf } from "../sending/gather-facts.ts";
import { readAllLive } from "../sending/read-live.ts";
import { compileContents } from "./compile-contents.ts";

type Deps = Pick<MessagesDeps, "db" | "live" | "brand" | "publicUrl" | "loadProfiles" | "resolveProfile">;

/** A template as one real person would get it now. What is missing for them is an error here, a blank when sent. */
export async function previewTemplate(deps: Deps, id: string, body: z.infer<typeof previewBody>): Promise<PreviewView> {
  const template = await loadPublished(deps.db, id);
  if (!template) throw refuse("template_not_found");
  const profile = body.profile ? await findProfile(deps, body.profile) : null;
  const wanted = body.language ?? (profile === null ? null : languageOf(profile));
  const language = chooseLanguage(Object.keys(template.compiled), wanted, template.default_language);
  const { content, errors } = await contentOf(template, body, body.language ?? language);
  if (!content) return { language, subject: "", html: "", text: "", errors };

  const data = makeRenderData({
    profile,
    email: addressOf(profile?.traits),
    language: body.language ?? language,
    ...(profile ? await readAllLive(deps, profile) : { cart: null, stock: new Map(), store: null }),
    data: body.data,
    brand: deps.brand,
    publicUrl: deps.publicUrl,
    unsubscribeUrl: `${deps.publicUrl}/t/u/preview`,
    preferencesUrl: `${deps.publicUrl}/t/p/preview`,
  });
  return { language, ...render(content, data) };
}

async function findProfile(deps: Deps, ref: string): Promise<Profile | null> {
  const profileId = await deps.resolveProfile(deps.db, ref);
  return (await deps.loadProfiles(deps.db, [profileId])).get(profileId) ?? null;
}

async function contentOf(
  template: PublishedTemplate,
  body: z.infer<typeof previewBody>,
  language: string,
): Promise<{ content: CompiledContent | undefined; errors: string[] }> {
  if (!body.content) {
    const nearest = chooseLanguage(Object.keys(template.compiled), language, template.default_language);
    return { content: template.compiled[nearest], errors: [] };
  }
  const { compiled, errors } = await compileContents({ [language]: body.content }, template.purpose);
  return {
    content: errors.length === 0 ? compiled[language] : undefined,
    errors: errors.map((error) => `${error.path.split(".").at(-1)}: ${error.message}`),
  };
}

function render(content: CompiledContent, data: RenderData): Omit<PreviewView, "language"> {
  try {
    return { ...renderContent(content, data, { strict: true }), errors: [] };
  } catch (error) {
    if (!(error instanceof LiquidError)) throw error;
    return { ...renderLeniently(content, data), errors: [error.message] };
  }
}

function renderLeniently(content: CompiledContent, data: RenderData) {
  try {
    return renderContent(content, data, { strict: false });
  } catch (error) {
    if (!(error instanceof LiquidError)) throw error;
    return { subject: "", html: "", text: "" };
  }
}
