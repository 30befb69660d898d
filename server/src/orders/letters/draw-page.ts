import type { Receipt } from "./read-receipt.ts";
import { wordsIn } from "./words.ts";

const STYLE = "font-family:system-ui,-apple-system,'Segoe UI',sans-serif;color:#2b2622;background:#fff";
const CELL = "padding:6px 0;border-bottom:1px solid #e6dfd6;vertical-align:top";
const RIGHT = `${CELL};text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums`;

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** A page that is a mail too: styles on the elements, no script, nothing loaded but the code's picture. */
export function drawPage(language: string, title: string, body: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${escapeHtml(title)}</title></head><body style="${STYLE};margin:0"><main style="max-width:520px;margin:0 auto;padding:24px">${body}</main></body></html>`;
}

export function drawReceipt(receipt: Receipt): string {
  const words = wordsIn(receipt.language);
  const lines = receipt.lines.map(
    (line) =>
      `<tr><td style="${CELL}">${line.quantity} × ${escapeHtml(line.title)}<br><small style="color:#6b625a">${escapeHtml(line.note)}</small></td><td style="${RIGHT}">${escapeHtml(line.total)}</td></tr>`,
  );
  const sums = receipt.sums.map(({ label, amount, isTotal }) => {
    const weight = isTotal ? ";font-weight:700" : "";
    return `<tr><td style="${CELL}${weight}">${escapeHtml(label)}</td><td style="${RIGHT}${weight}">${escapeHtml(amount)}</td></tr>`;
  });
  return drawPage(
    receipt.language,
    receipt.title,
    `<p style="color:${receipt.color};font-weight:700">${escapeHtml(receipt.brand)}</p><h1 style="font-size:22px;margin:0 0 4px">${escapeHtml(receipt.title)}</h1><p style="color:#6b625a;margin:0 0 16px">${receipt.place.map(escapeHtml).join("<br>")}</p><p>${words.thanks}</p><table role="presentation" style="width:100%;border-collapse:collapse">${lines.join("")}${sums.join("")}</table>${codePicture(`${receipt.link}/qr.png`, words.scan)}<p><a style="color:${receipt.color}" href="${escapeHtml(receipt.link)}/receipt.pdf">${words.download}</a></p>`,
  );
}

export function codePicture(address: string, caption: string): string {
  return `<p style="text-align:center;margin:24px 0"><img src="${escapeHtml(address)}" width="160" height="160" alt="${escapeHtml(caption)}"><br><small style="color:#6b625a">${escapeHtml(caption)}</small></p>`;
}

/** The same for mail programs that show text alone. */
export function writeReceipt(receipt: Receipt): string {
  const words = wordsIn(receipt.language);
  return [
    receipt.brand,
    receipt.title,
    ...receipt.place,
    "",
    ...receipt.lines.map((line) => `${line.quantity} × ${line.title} (${line.note})  ${line.total}`),
    "",
    ...receipt.sums.map(({ label, amount }) => `${label}  ${amount}`),
    "",
    words.scan,
    receipt.link,
    "",
  ].join("\n");
}
