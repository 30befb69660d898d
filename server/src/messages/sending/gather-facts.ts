import type { Profile } from "../../profiles/contracts.ts";
import { chooseLanguage } from "../content/choose-language.ts";
import type { CompiledContent } from "../content/render-content.ts";
import type { MessagesDeps } from "../deps.ts";
import type { ClaimedMessage } from "../queries/claim-due.pg.ts";
import type { PublishedTemplate } from "../queries/load-version.pg.ts";
import type { PublishedTemplates } from "../templates/published-templates.ts";
import { addressOf } from "./address-of.ts";

/** What a message needs to be decided and made, as it is at this moment. */
export interface Facts {
  readonly message: ClaimedMessage;
  readonly to: string;
  /** Null for a mail whose text was made when it was queued. */
  readonly personal: {
    readonly profile: Profile;
    readonly template: PublishedTemplate;
    readonly content: CompiledContent;
    readonly language: string;
  } | null;
}

/** What cannot be sent, whatever its person says. */
export interface Unfit {
  readonly message: ClaimedMessage;
  readonly status: "skipped" | "failed";
  readonly reason: string;
}

export interface GatherDeps extends Pick<MessagesDeps, "db" | "clock" | "loadProfiles"> {
  readonly templates: PublishedTemplates;
}

/** So many claims without an end mean that the message itself brings workers down. */
const MOST_CLAIMS = 25;
/** Marketing that could not go out for so long says nothing true any more. */
const EXPIRES = { hours: 72 };

/** Reads what a whole claim needs in a few statements, however many messages it has. */
export async function gatherFacts(
  deps: GatherDeps,
  messages: readonly ClaimedMessage[],
): Promise<{ readonly fit: readonly Facts[]; readonly unfit: readonly Unfit[] }> {
  const [templates, profiles] = await Promise.all([
    deps.templates.getAll(idsOf(messages, "template_id")),
    deps.loadProfiles(deps.db, idsOf(messages, "profile_id")),
  ]);
  const oldest = deps.clock.now().subtract(EXPIRES);
  const fit: Facts[] = [];
  const unfit: Unfit[] = [];
  for (const message of messages) {
    const found = factsOf(message, templates, profiles, oldest);
    if ("status" in found) unfit.push(found);
    else fit.push(found);
  }
  return { fit, unfit };
}

function factsOf(
  message: ClaimedMessage,
  templates: ReadonlyMap<string, PublishedTemplate>,
  profiles: ReadonlyMap<string, Profile>,
  oldest: Temporal.Instant,
): Facts | Unfit {
  const skip = (reason: string): Unfit => ({ message, status: "skipped", reason });
  if (message.cancel_reason !== null) return skip(message.cancel_reason);
  if (message.attempts > MOST_CLAIMS) return { message, status: "failed", reason: "given up after too many tries" };
  if (message.content !== null) {
    return message.address === null ? skip("no_address") : { message, to: message.address, personal: null };
  }
  if (message.purpose === "marketing" && isBefore(message.created_at, oldest)) return skip("expired");
  const template = templates.get(message.template_id ?? "");
  if (!template) return skip("no_template");
  const profile = profiles.get(message.profile_id ?? "");
  if (!profile) return skip("no_profile");
  const to = addressOf(profile.traits);
  if (to === null) return skip("no_address");
  const wanted = message.language ?? languageOf(profile);
  const language = chooseLanguage(Object.keys(template.compiled), wanted, template.default_language);
  const content = template.compiled[language];
  // The other channels are rendered by `renderTemplate`; none has a way out yet.
  if (!content || !("html" in content)) return skip("no_template");
  return { message, to, personal: { profile, template, content, language } };
}

export function languageOf(profile: Profile): string | null {
  const { language, locale } = profile.traits;
  return typeof language === "string" ? language : typeof locale === "string" ? locale : null;
}

function idsOf(messages: readonly ClaimedMessage[], key: "template_id" | "profile_id"): string[] {
  return [...new Set(messages.flatMap((message) => message[key] ?? []))];
}

function isBefore(at: string, than: Temporal.Instant): boolean {
  return Date.parse(at) < than.epochMilliseconds;
}
