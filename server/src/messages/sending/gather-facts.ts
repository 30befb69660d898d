import type { Profile } from "../../profiles/contracts.ts";
import { placesOf } from "../channels/places.ts";
import { chooseLanguage } from "../content/choose-language.ts";
import type { MessagesDeps } from "../deps.ts";
import type { ClaimedMessage } from "../queries/claim-due.pg.ts";
import type { PublishedTemplate } from "../queries/load-version.pg.ts";
import type { Compiled } from "../templates/compile-contents.ts";
import type { PublishedTemplates } from "../templates/published-templates.ts";

/** What a message needs to be decided and made, as it is at this moment. */
export interface Facts {
  readonly message: ClaimedMessage;
  readonly to: string;
  /** Null for a mail whose text was made when it was queued. */
  readonly personal: {
    readonly profile: Profile;
    readonly template: PublishedTemplate;
    readonly content: Compiled;
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
/** Marketing that nobody has tried to send for so long says nothing true any more. */
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
  // A claim is of one channel.
  const places = await placesOf(deps.db, messages[0]?.channel ?? "email", [...profiles.values()]);
  const oldest = deps.clock.now().subtract(EXPIRES);
  const fit: Facts[] = [];
  const unfit: Unfit[] = [];
  for (const message of messages) {
    const found = factsOf(message, { templates, profiles, places, oldest });
    if ("status" in found) unfit.push(found);
    else fit.push(found);
  }
  return { fit, unfit };
}

interface Gathered {
  readonly templates: ReadonlyMap<string, PublishedTemplate>;
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly places: ReadonlyMap<string, string>;
  readonly oldest: Temporal.Instant;
}

function factsOf(message: ClaimedMessage, { templates, profiles, places, oldest }: Gathered): Facts | Unfit {
  const skip = (reason: string): Unfit => ({ message, status: "skipped", reason });
  if (message.cancel_reason !== null) return skip(message.cancel_reason);
  if (message.attempts > MOST_CLAIMS) return { message, status: "failed", reason: "given up after too many tries" };
  if (message.content !== null) {
    return message.address === null ? skip("no_address") : { message, to: message.address, personal: null };
  }
  if (message.purpose === "marketing" && isBefore(message.handed_at ?? message.created_at, oldest))
    return skip("expired");
  const template = templates.get(message.template_id ?? "");
  if (!template) return skip("no_template");
  const profile = profiles.get(message.profile_id ?? "");
  if (!profile) return skip("no_profile");
  const to = places.get(profile.id);
  if (to === undefined) return skip("no_address");
  const wanted = message.language ?? languageOf(profile);
  const language = chooseLanguage(Object.keys(template.compiled), wanted, template.default_language);
  const content = template.compiled[language];
  if (!content) return skip("no_template");
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
