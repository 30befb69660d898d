import type { Db } from "../../platform/db.ts";
import type { JsonObject } from "../../platform/json.ts";
import type { Profile } from "../../profiles/contracts.ts";
import { brandOf } from "../brand/brand-book.ts";
import { firstKit } from "../brand/kit.ts";
import { chooseLanguage } from "../content/choose-language.ts";
import type { Channel } from "../content/kinds.ts";
import { LiquidError } from "../content/liquid.ts";
import { NOTHING_LIVE } from "../content/read-live.ts";
import { type Brand, makeRenderData, type RenderData } from "../content/render-data.ts";
import type { Written } from "../content/written.ts";
import { addressOf } from "../sending/address-of.ts";
import type { Purpose } from "../vocabulary.ts";
import { type Compiled, compileContents, readWritten } from "./compile-contents.ts";
import { type Rendered, renderTemplate } from "./render-template.ts";

/** A template that need not be kept anywhere. */
export interface MadeUpTemplate {
  readonly channel: string;
  readonly purpose: Purpose;
  readonly default_language: string;
  readonly contents: Readonly<Record<string, unknown>>;
}

export interface MadeUpMessage {
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** What is missing for this person, and mistakes in the text. */
  readonly errors: readonly string[];
}

const SHOP = "https://shop.example";

/**
 * A template as somebody would get it who may not exist, for rehearsals: with what is known of them, and nothing that is
 * live. `db` null: there is no house to ask for its shared blocks and brand.
 */
export async function renderMadeUp(
  template: MadeUpTemplate,
  given: { readonly profile: Profile; readonly data: JsonObject; readonly now: Temporal.Instant },
  house: { readonly db: Db; readonly brand: Brand; readonly publicUrl: string } | null,
): Promise<MadeUpMessage> {
  const channel = template.channel as Channel;
  const told = given.profile.traits.language ?? given.profile.traits.locale;
  const wanted = typeof told === "string" ? told : null;
  const language = chooseLanguage(Object.keys(template.contents), wanted, template.default_language);
  const failed = (errors: readonly string[]) => ({ language, subject: "", text: "", html: "", errors });
  const { written, errors } = readWritten(channel, template.contents[language]);
  if (!written) return failed(errors.map(({ path, message }) => `${path}: ${message}`));
  const made = await compile(template, language, written, house?.db ?? null);
  const compiled = made.compiled[language];
  if (!compiled || made.errors.length > 0) return failed(made.errors.map(({ message }) => message));
  const publicUrl = house?.publicUrl ?? SHOP;
  const data = makeRenderData({
    profile: given.profile,
    email: addressOf(given.profile.traits),
    language,
    live: NOTHING_LIVE,
    data: given.data,
    brand:
      house?.brand ?? brandOf(firstKit({ name: "Kilim", url: `${SHOP}/`, cart_url: `${SHOP}/cart` }), language, SHOP),
    publicUrl,
    unsubscribeUrl: `${publicUrl}/t/u/preview`,
    preferencesUrl: () => `${publicUrl}/t/p/preview`,
    confirmUrl: () => (channel === "email" ? `${publicUrl}/t/d/preview` : null),
  });
  return { language, ...render(channel, compiled, data, given.now) };
}

function compile({ purpose, channel }: MadeUpTemplate, language: string, written: Written, db: Db | null) {
  const source = { channel: channel as Channel, purpose, contents: { [language]: written } };
  // Only shared blocks are asked for; a template of a file has none.
  return compileContents(db as Db, source);
}

function render(channel: Channel, compiled: Compiled, data: RenderData, now: Temporal.Instant) {
  try {
    return { ...shown(renderTemplate(channel, compiled, data, { now, strict: true })), errors: [] };
  } catch (error) {
    if (!(error instanceof LiquidError)) throw error;
    return { ...leniently(channel, compiled, data, now), errors: [error.message] };
  }
}

function leniently(channel: Channel, compiled: Compiled, data: RenderData, now: Temporal.Instant) {
  try {
    return shown(renderTemplate(channel, compiled, data, { now, strict: false }));
  } catch (error) {
    if (!(error instanceof LiquidError)) throw error;
    return { subject: "", text: "", html: "" };
  }
}

/** What a reader would see of it. */
function shown(rendered: Rendered): { subject: string; text: string; html: string } {
  if (rendered.channel === "email") return rendered;
  const fields = rendered as unknown as Record<string, unknown>;
  const text = [fields.text, fields.body, fields.script].find((value) => typeof value === "string");
  const subject = [fields.title, fields.heading, fields.reason].find((value) => typeof value === "string");
  return { subject: String(subject ?? ""), text: String(text ?? JSON.stringify(rendered)), html: "" };
}
