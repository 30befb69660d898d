const LIQUID = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;

/** The text of a block as the editor shows it: each piece of Liquid is a chip that is moved and deleted as one. */
export function toEditor(html: string): string {
  return html.replace(LIQUID, (liquid, at: number) =>
    // Inside a tag, as in an address, it stays text.
    html.lastIndexOf("<", at) > html.lastIndexOf(">", at) ? liquid : chipOf(liquid),
  );
}

/** What the editor holds as it is kept: chips are Liquid again, and nothing is left but what a mail's text may have. */
export function fromEditor(root: HTMLElement): string {
  const html = [...root.childNodes].map((node) => write(node, true)).join("");
  return html === "" ? "<p></p>" : html;
}

export function chipOf(liquid: string): string {
  const shown = liquid.replace(/^\{\{-?\s*|\s*-?\}\}$/g, "");
  return `<span class="kilim-chip" contenteditable="false" data-liquid="${escapeHtml(liquid)}">${escapeHtml(shown)}</span>`;
}

const KEPT: Readonly<Record<string, string>> = { b: "strong", strong: "strong", i: "em", em: "em", u: "u", s: "s" };
const LISTS = new Set(["ul", "ol", "li"]);

function write(node: Node, isOutside: boolean): string {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = escapeHtml((node.textContent ?? "").replaceAll("\u200b", ""));
    return isOutside && text.trim() !== "" ? `<p>${text}</p>` : isOutside ? "" : text;
  }
  if (!(node instanceof HTMLElement)) return "";
  const liquid = node.dataset.liquid;
  if (liquid !== undefined) return isOutside ? `<p>${liquid}</p>` : liquid;
  const tag = node.tagName.toLowerCase();
  if (tag === "br") return isOutside ? "" : "<br />";
  const inside = [...node.childNodes].map((child) => write(child, tag === "ul" || tag === "ol")).join("");
  if (tag === "a") {
    const href = node.getAttribute("href") ?? "";
    return /^(https?:|mailto:|tel:|\{\{)/i.test(href) ? `<a href="${escapeHtml(href)}">${inside}</a>` : inside;
  }
  if (LISTS.has(tag)) return `<${tag}>${inside.replace(/^<p>|<\/p>$/g, "")}</${tag}>`;
  const kept = KEPT[tag];
  if (kept) return `<${kept}>${inside}</${kept}>`;
  if (tag === "p" || tag === "div") return `<p>${inside.replace(/(<br \/>)+$/, "")}</p>`;
  return inside;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
