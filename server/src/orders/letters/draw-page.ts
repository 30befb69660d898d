import { escapeHtml, type House } from "../../platform/house.ts";
import { houseMail, mailHeading, mailNote } from "../../platform/house-mail.ts";
import type { Receipt } from "./read-receipt.ts";
import { wordsIn } from "./words.ts";

/** A page that is a mail too. */
export function drawReceipt(receipt: Receipt): string {
  const { house, language, title } = receipt;
  const words = wordsIn(language);
  const cell = `padding:6px 0;border-bottom:1px solid ${house.colors.background};vertical-align:top`;
  const right = `${cell};text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums`;
  const lines = receipt.lines.map(
    (line) =>
      `<tr><td style="${cell}">${line.quantity} × ${escapeHtml(line.title)}<br><small style="color:${house.colors.muted}">${escapeHtml(line.note)}</small></td><td style="${right}">${escapeHtml(line.total)}</td></tr>`,
  );
  const sums = receipt.sums.map(({ label, amount, isTotal }) => {
    const weight = isTotal ? ";font-weight:700" : "";
    return `<tr><td style="${cell}${weight}">${escapeHtml(label)}</td><td style="${right}${weight}">${escapeHtml(amount)}</td></tr>`;
  });
  return houseMail(
    house,
    language,
    title,
    `${mailHeading(house, title)}${mailNote(house, receipt.place)}<p>${words.thanks}</p><table role="presentation" style="width:100%;border-collapse:collapse">${lines.join("")}${sums.join("")}</table>${codePicture(house, `${receipt.link}/qr.png`, words.scan)}<p><a style="color:${house.colors.primary}" href="${escapeHtml(receipt.link)}/receipt.pdf">${words.download}</a></p>`,
  );
}

function codePicture({ colors }: House, address: string, caption: string): string {
  return `<p style="text-align:center;margin:24px 0"><img src="${escapeHtml(address)}" width="160" height="160" alt="${escapeHtml(caption)}"><br><small style="color:${colors.muted}">${escapeHtml(caption)}</small></p>`;
}

/** The same for mail programs that show text alone. */
export function writeReceipt(receipt: Receipt): string {
  const words = wordsIn(receipt.language);
  return [
    receipt.house.name,
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
    ...receipt.house.footer_lines,
  ].join("\n");
}
