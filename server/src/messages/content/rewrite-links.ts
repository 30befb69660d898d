import { escapeHtml } from "./escape-html.ts";
import type { ImageMaker } from "./image-places.ts";

export interface LinkMaker {
  /** The tracked address for `url`, or null when this link is left as it is (our own unsubscribe page). */
  track(url: string): string | null;
  /** Address of the pixel that tells of an opening. */
  readonly pixel: string;
  /** The signed address of a picture that is drawn when it is opened. */
  readonly image: ImageMaker;
}

const ANCHOR = /(<(?:a|area)\b[^>]*?\shref\s*=\s*)(?:"([^"]*)"|'([^']*)')/gi;

/** Sends the links of rendered HTML through our redirect and adds the pixel. Schemes that could run code go nowhere. */
export function rewriteLinks(html: string, links: LinkMaker): string {
  const body = html.replace(ANCHOR, (_whole, before: string, double?: string, single?: string) => {
    const url = decodeAttribute(double ?? single ?? "").trim();
    return `${before}"${escapeHtml(destination(url, links))}"`;
  });
  const pixel = `<img src="${escapeHtml(links.pixel)}" width="1" height="1" alt="" style="display:block;border:0;width:1px;height:1px">`;
  const end = body.lastIndexOf("</body>");
  return end < 0 ? body + pixel : `${body.slice(0, end)}${pixel}${body.slice(end)}`;
}

function destination(url: string, links: LinkMaker): string {
  if (url === "" || url.startsWith("#")) return url;
  if (/^(mailto|tel):/i.test(url)) return url;
  if (!isWebUrl(url)) return "#";
  return links.track(url) ?? url;
}

export function isWebUrl(url: string): boolean {
  const protocol = URL.parse(url)?.protocol;
  return protocol === "http:" || protocol === "https:";
}

function decodeAttribute(text: string): string {
  return text.replace(/&(?:amp|quot|lt|gt|#39|#34|#x27);/g, (entity) => ENTITIES[entity] ?? entity);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&quot;": '"',
  "&#34;": '"',
  "&lt;": "<",
  "&gt;": ">",
  "&#39;": "'",
  "&#x27;": "'",
};
