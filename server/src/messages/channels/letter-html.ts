import { qrModules } from "../../platform/qr-code.ts";
import { escapeHtml } from "../content/escape-html.ts";
import type { ContentOf, LetterLook } from "../content/kinds.ts";
import { code128 } from "./code128.ts";

const INK = "#2b2622";

/** A letter's one page or a card's two sides as HTML; every value is text. */
export function letterPages({ format, heading, body, coupon, footer, look }: ContentOf<"letter">): string[] {
  const paragraphs = body
    .split(/\n{2,}/)
    .map((part) => `<p>${escapeHtml(part).replace(/\n/g, "<br>")}</p>`)
    .join("");
  const code = coupon
    ? `<div class="coupon"><p>${escapeHtml(coupon.label)}</p>${drawCode(coupon)}<b>${escapeHtml(coupon.code)}</b></div>`
    : "";
  const page = (inner: string, sheet = "") =>
    `<html><head><meta charset="utf-8"><style>body{font-family:Roboto,sans-serif;margin:18mm;color:${look?.text ?? INK}}h1{font-size:20pt}svg{width:32mm}footer{color:${look?.muted ?? INK}}.mark{color:${look?.primary ?? INK};font-weight:700;font-size:14pt}.mark img{height:12mm}.front{background:${look?.background ?? "#fff"}}</style></head><body class="${sheet}">${inner}</body></html>`;
  const small = `<footer><small>${escapeHtml(footer)}</small></footer>`;
  const mark = look ? `<p class="mark">${markOf(look)}</p>` : "";
  const title = `<h1>${escapeHtml(heading)}</h1>`;
  return format === "postcard_a6"
    ? [page(mark + title + code, "front"), page(paragraphs + small)]
    : [page(mark + title + paragraphs + code + small)];
}

function markOf({ logo, name }: LetterLook): string {
  return logo === null ? escapeHtml(name) : `<img src="${escapeHtml(logo)}" alt="${escapeHtml(name)}">`;
}

function drawCode({ code, symbology }: NonNullable<ContentOf<"letter">["coupon"]>): string {
  const rows = symbology === "qr" ? qrModules(code) : [code128(code)];
  const [width, height] = [rows[0]?.length ?? 0, symbology === "qr" ? rows.length : 30];
  const tall = symbology === "qr" ? 1 : 30;
  const path = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v${tall}h-1z` : [])));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><path d="${path.join("")}"/></svg>`;
}
