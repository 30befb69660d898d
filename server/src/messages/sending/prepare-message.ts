import type { Db } from "../../platform/db.ts";
import type { Profile } from "../../profiles/contracts.ts";
import { chooseLanguage } from "../content/choose-language.ts";
import { LiquidError } from "../content/liquid.ts";
import { type RenderedContent, renderContent } from "../content/render-content.ts";
import { makeRenderData } from "../content/render-data.ts";
import type { MessagesDeps } from "../deps.ts";
import type { ClaimedMessage } from "../queries/claim-due.pg.ts";
import { readStanding } from "../queries/read-standing.pg.ts";
import type { PublishedTemplates } from "../templates/published-templates.ts";
import type { TrackingTokens } from "../tracking/tokens.ts";
import { trackedLinks } from "../tracking/tracked-links.ts";
import { addressOf } from "./address-of.ts";
import { decideSending } from "./decide-sending.ts";

export interface PrepareDeps
  extends Pick<MessagesDeps, "db" | "clock" | "secrets" | "publicUrl" | "brand" | "loadProfiles" | "live"> {
  readonly templates: PublishedTemplates;
  readonly tokens: TrackingTokens;
}

export interface PreparedMail extends RenderedContent {
  readonly to: string;
  readonly language: string | null;
  readonly templateVersion: number | null;
  readonly isPrivate: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

export type Preparation =
  | { readonly kind: "mail"; readonly mail: PreparedMail }
  | { readonly kind: "skip"; readonly reason: string }
  | { readonly kind: "fail"; readonly reason: string };

export const CONTENT_SEAL = "messages.content";
/** So many claims without an end mean that the message itself brings workers down. */
const MOST_CLAIMS = 25;
/** Marketing that could not go out for so long says nothing true any more. */
const EXPIRES = { hours: 72 };

/** Decides at the last moment whether a message goes out, and makes its text from what is true now. */
export async function prepareMessage(deps: PrepareDeps, message: ClaimedMessage): Promise<Preparation> {
  if (message.cancel_reason !== null) return { kind: "skip", reason: message.cancel_reason };
  if (message.attempts > MOST_CLAIMS) return { kind: "fail", reason: "given up after too many tries" };
  if (message.content !== null) return prepareDirect(deps, message);
  const now = deps.clock.now();
  if (message.purpose === "marketing" && isOlder(message.created_at, now.subtract(EXPIRES))) {
    return { kind: "skip", reason: "expired" };
  }
  const template = message.template_id === null ? null : await deps.templates.get(message.template_id);
  if (!template) return { kind: "skip", reason: "no_template" };
  const profile = message.profile_id === null ? null : await loadProfile(deps, deps.db, message.profile_id);
  if (!profile) return { kind: "skip", reason: "no_profile" };
  const to = addressOf(profile.traits);
  const standing = await readStanding(deps.db, deps.secrets, {
    channel: "email",
    address: to,
    profileId: profile.id,
  });
  const skip = decideSending({
    purpose: message.purpose,
    channel: "email",
    address: to,
    consent: profile.consent,
    standing,
  });
  if (skip !== null || to === null) return { kind: "skip", reason: skip ?? "no_address" };

  const language = chooseLanguage(
    Object.keys(template.compiled),
    message.language ?? languageOf(profile),
    template.default_language,
  );
  const content = template.compiled[language];
  if (!content) return { kind: "skip", reason: "no_template" };
  const unsubscribeUrl = `${deps.publicUrl}/t/u/${deps.tokens.unsubscribe(message.id)}`;
  const data = makeRenderData({
    profile,
    email: to,
    language,
    ...(await readLive(deps, profile)),
    data: message.data,
    brand: deps.brand,
    publicUrl: deps.publicUrl,
    unsubscribeUrl,
  });
  try {
    const links = trackedLinks(deps.tokens, deps.publicUrl, message.id);
    const rendered = renderContent(content, data, { strict: false, links });
    const headers = message.purpose === "marketing" ? oneClickHeaders(unsubscribeUrl) : {};
    return {
      kind: "mail",
      mail: { ...rendered, to, language, templateVersion: template.version, isPrivate: false, headers },
    };
  } catch (error) {
    if (error instanceof LiquidError) return { kind: "fail", reason: `cannot be rendered: ${error.message}` };
    throw error;
  }
}

function prepareDirect(deps: PrepareDeps, message: ClaimedMessage): Preparation {
  const opened = message.content === null ? null : deps.secrets.unseal(CONTENT_SEAL, message.content);
  if (opened === null || message.address === null) return { kind: "fail", reason: "its text cannot be opened" };
  const content = JSON.parse(opened) as RenderedContent;
  const mail = { ...content, to: message.address, language: null, templateVersion: null, isPrivate: true, headers: {} };
  return { kind: "mail", mail };
}

/** RFC 8058: a POST of `List-Unsubscribe=One-Click` to this address, and nothing else, unsubscribes. */
function oneClickHeaders(unsubscribeUrl: string): Record<string, string> {
  return { "List-Unsubscribe": `<${unsubscribeUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}

export async function readLive(deps: Pick<PrepareDeps, "live">, profile: Profile) {
  const cart = await deps.live.cartOf(profile.id);
  const variants = cart?.items.map((item) => item.variant_id) ?? [];
  const stock = variants.length > 0 ? await deps.live.stockOf(variants) : new Map<string, number>();
  const preferred = profile.computed.preferred_store;
  const store = preferred === null ? null : await deps.live.storeOf(preferred);
  return { cart, stock, store };
}

export function languageOf(profile: Profile): string | null {
  const { language, locale } = profile.traits;
  return typeof language === "string" ? language : typeof locale === "string" ? locale : null;
}

async function loadProfile(deps: PrepareDeps, db: Db, id: string): Promise<Profile | null> {
  return (await deps.loadProfiles(db, [id])).get(id) ?? null;
}

function isOlder(at: string, than: Temporal.Instant): boolean {
  return Temporal.Instant.compare(Temporal.Instant.from(at), than) < 0;
}
