import type { LinkMaker } from "../content/rewrite-links.ts";
import type { TrackingTokens } from "./tokens.ts";

/** The links of one message: each through our redirect, except those that are our own already. */
export function trackedLinks(tokens: TrackingTokens, publicUrl: string, messageId: string): LinkMaker {
  return {
    pixel: `${publicUrl}/t/o/${tokens.open(messageId)}`,
    track: (url) => (url.startsWith(`${publicUrl}/t/`) ? null : `${publicUrl}/t/c/${tokens.click(messageId, url)}`),
  };
}
