import { isWebUrl } from "../rewrite-links.ts";
import { type Checked, error, type Found, textsOf, warning } from "./check.ts";

const HREF = /\s(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;
const BARE = /https?:\/\/[^\s"'<>{}]+/gi;
const ADDRESS_FIELDS = new Set(["url", "link", "image"]);

/** Where the links of a template lead. Those that only Liquid knows are not among them. */
export function linksOf({ channel, written, html }: Checked): { path: string; url: string }[] {
  if (channel === "email") {
    const path = "blocks" in written && written.blocks ? "blocks" : "body";
    const urls = [...html.matchAll(HREF)].map(([, double, single]) =>
      (double ?? single ?? "").replaceAll("&amp;", "&"),
    );
    return unique(urls.filter((url) => !url.includes("{{") && !url.includes("{%")).map((url) => ({ path, url })));
  }
  return unique(
    textsOf(written).flatMap(({ path, field, text }) => {
      if (text === "" || /\{[{%]/.test(text)) return [];
      const urls = ADDRESS_FIELDS.has(field) ? [text] : [...text.matchAll(BARE)].map(([url]) => url);
      return urls.map((url) => ({ path, url }));
    }),
  );
}

function unique(links: readonly { path: string; url: string }[]): { path: string; url: string }[] {
  return [...new Map(links.map((link) => [link.url, link])).values()];
}

export function checkLinks(checked: Checked): Found[] {
  return linksOf(checked).flatMap(({ path, url }) => checkLink(path, url.trim()));
}

function checkLink(path: string, url: string): Found[] {
  if (url === "" || url === "#") return [error("link_empty", path, "A link or picture leads nowhere.", url)];
  if (/^(mailto|tel|cid):/i.test(url)) return [];
  if (!isWebUrl(url)) return [error("link_broken", path, "This is no web address.", url)];
  const { protocol, hostname } = new URL(url);
  if (/(^|\.)example\.(com|org|net)$/.test(hostname))
    return [warning("link_placeholder", path, "This address is only an example.", url)];
  if (/^(localhost|127\.|10\.|192\.168\.)/.test(hostname) || !hostname.includes("."))
    return [warning("link_private", path, "Readers cannot reach this address.", url)];
  if (protocol === "http:") return [warning("link_insecure", path, "The address begins with http, not https.", url)];
  return [];
}
