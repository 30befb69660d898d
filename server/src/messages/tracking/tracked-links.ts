import type { ImageMaker } from "../content/image-places.ts";
import type { LinkMaker } from "../content/rewrite-links.ts";
import type { TrackingTokens } from "./tokens.ts";

/** A longer address would make a token longer than mail programs and proxies carry whole. */
const LONGEST_TRACKED = 1_500;

/** The links of one message: each through our redirect, except those that are our own already or too long for it. */
export function trackedLinks(tokens: TrackingTokens, publicUrl: string, messageId: string): LinkMaker {
  return {
    pixel: `${publicUrl}/t/o/${tokens.open(messageId)}`,
    image: liveImages(tokens, publicUrl),
    track(url) {
      const isTracked = !url.startsWith(`${publicUrl}/t/`) && Buffer.byteLength(url) <= LONGEST_TRACKED;
      return isTracked ? `${publicUrl}/t/c/${tokens.click(messageId, url)}` : null;
    },
  };
}

/** The addresses of pictures that are drawn when they are opened. */
export function liveImages(tokens: TrackingTokens, publicUrl: string): ImageMaker {
  return (image, value, language) => `${publicUrl}/t/i/${tokens.image({ image, value, language })}`;
}
