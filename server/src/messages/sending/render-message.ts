import { preferencesUrl } from "../../consent/index.ts";
import type { ContentOf } from "../content/kinds.ts";
import { LiquidError } from "../content/liquid.ts";
import type { Live } from "../content/read-live.ts";
import { type RenderedContent, renderContent } from "../content/render-content.ts";
import { type Brand, makeRenderData } from "../content/render-data.ts";
import type { MessagesDeps } from "../deps.ts";
import type { TrackingTokens } from "../tracking/tokens.ts";
import { trackedLinks } from "../tracking/tracked-links.ts";
import type { Facts } from "./gather-facts.ts";

export interface RenderDeps extends Pick<MessagesDeps, "clock" | "secrets" | "publicUrl"> {
  readonly tokens: TrackingTokens;
}

/** What is true in the moment of making it. */
export interface Now {
  readonly live: Live;
  readonly brand: Brand;
}

export type Rendered = { readonly content: ContentOf<"email"> } | { readonly failed: string };

export const CONTENT_SEAL = "messages.content";

/** Makes one person's mail from what is true now. */
export function renderMessage(deps: RenderDeps, facts: Facts, now: Now, from: string): Rendered {
  const { message, personal, to } = facts;
  if (personal === null) return openDirect(deps, facts, from);
  const unsubscribeUrl = `${deps.publicUrl}/t/u/${deps.tokens.unsubscribe(message.id)}`;
  const data = makeRenderData({
    profile: personal.profile,
    email: to,
    language: personal.language,
    live: now.live,
    data: message.data,
    brand: now.brand,
    publicUrl: deps.publicUrl,
    unsubscribeUrl,
    preferencesUrl: preferencesUrl(deps, personal.profile.id).url,
  });
  try {
    const links = trackedLinks(deps.tokens, deps.publicUrl, message.id);
    const rendered = renderContent(personal.content, data, { strict: false, links });
    const headers = message.purpose === "marketing" ? oneClickHeaders(unsubscribeUrl) : {};
    return { content: { channel: "email", from, ...rendered, headers } };
  } catch (error) {
    if (error instanceof LiquidError) return { failed: `cannot be rendered: ${error.message}` };
    throw error;
  }
}

function openDirect(deps: RenderDeps, { message }: Facts, from: string): Rendered {
  const opened = message.content === null ? null : deps.secrets.unseal(CONTENT_SEAL, message.content);
  if (opened === null) return { failed: "its text cannot be opened" };
  const { subject, html, text } = JSON.parse(opened) as RenderedContent;
  return { content: { channel: "email", from, subject, html, text, headers: {} } };
}

/** RFC 8058: a POST of `List-Unsubscribe=One-Click` to this address, and nothing else, unsubscribes. */
function oneClickHeaders(unsubscribeUrl: string): Record<string, string> {
  return { "List-Unsubscribe": `<${unsubscribeUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}
