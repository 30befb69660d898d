import { confirmUrl, preferencesUrl } from "../../consent/index.ts";
import { senderOf, smsSenderOf } from "../brand/sender-of.ts";
import type { ChannelContent } from "../content/kinds.ts";
import { LiquidError, LiquidTooSlow } from "../content/liquid.ts";
import type { Live } from "../content/read-live.ts";
import type { RenderedContent } from "../content/render-content.ts";
import { type Brand, makeRenderData } from "../content/render-data.ts";
import type { MessagesDeps } from "../deps.ts";
import { renderTemplate } from "../templates/render-template.ts";
import type { TrackingTokens } from "../tracking/tokens.ts";
import { trackedLinks } from "../tracking/tracked-links.ts";
import { addressOf } from "./address-of.ts";
import type { Facts } from "./gather-facts.ts";

export interface RenderDeps extends Pick<MessagesDeps, "clock" | "secrets" | "publicUrl"> {
  readonly tokens: TrackingTokens;
}

/** What is true in the moment of making it. */
export interface Now {
  readonly live: Live;
  readonly brand: Brand;
}

/** `isFinal`: another time it would end no better. */
export type Rendered = { readonly content: ChannelContent } | { readonly failed: string; readonly isFinal: boolean };

export const CONTENT_SEAL = "messages.content";

/** Makes one person's message from what is true now. */
export function renderMessage(deps: RenderDeps, facts: Facts, now: Now, from: string): Rendered {
  const { message, personal, to } = facts;
  if (personal === null) return openDirect(deps, facts, senderOf(now.brand, from));
  const unsubscribeUrl = `${deps.publicUrl}/t/u/${deps.tokens.unsubscribe(message.id)}`;
  const email = message.channel === "email" ? to : addressOf(personal.profile.traits);
  const data = makeRenderData({
    profile: personal.profile,
    email,
    language: personal.language,
    live: now.live,
    data: message.data,
    brand: now.brand,
    publicUrl: deps.publicUrl,
    unsubscribeUrl,
    preferencesUrl: () => preferencesUrl(deps, personal.profile.id).url,
    // Whoever presses there has read mail of this address: no other channel proves that.
    confirmUrl: () =>
      message.channel === "email" && email !== null
        ? confirmUrl(deps, { id: message.id, email, language: personal.language })
        : null,
  });
  try {
    const links = trackedLinks(deps.tokens, deps.publicUrl, message.id);
    const options = { strict: false, now: deps.clock.now(), links };
    const rendered = renderTemplate(message.channel, personal.content, data, options);
    if (rendered.channel === "sms") return { content: { ...rendered, ...smsSenderOf(now.brand) } };
    if (rendered.channel !== "email") return { content: rendered };
    const headers = message.purpose === "marketing" ? oneClickHeaders(unsubscribeUrl) : {};
    return { content: { ...senderOf(now.brand, from), ...rendered, headers } };
  } catch (error) {
    if (!(error instanceof LiquidError)) throw error;
    return { failed: `cannot be rendered: ${error.message}`, isFinal: !(error instanceof LiquidTooSlow) };
  }
}

function openDirect(deps: RenderDeps, { message }: Facts, sender: ReturnType<typeof senderOf>): Rendered {
  const opened = message.content === null ? null : deps.secrets.unseal(CONTENT_SEAL, message.content);
  if (opened === null) return { failed: "its text cannot be opened", isFinal: true };
  const sealed = JSON.parse(opened) as RenderedContent | ChannelContent;
  if ("channel" in sealed) return { content: sealed };
  const { subject, html, text } = sealed;
  return { content: { channel: "email", ...sender, subject, html, text, headers: {} } };
}

/** RFC 8058: a POST of `List-Unsubscribe=One-Click` to this address, and nothing else, unsubscribes. */
function oneClickHeaders(unsubscribeUrl: string): Record<string, string> {
  return { "List-Unsubscribe": `<${unsubscribeUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}
