import { escapeHtml, type House } from "../../platform/house.ts";
import { houseMail, mailButton, mailNote } from "../../platform/house-mail.ts";
import type { ListItem } from "../contracts.ts";

type Kind = "share" | "claim";

/**
 * The mail that brings a list. Nothing in it was written by whoever sends it, so that nobody can have us deliver words
 * of theirs to strangers: the goods by their catalogue names, and the link.
 */
export function listMail(
  kind: Kind,
  { house, language }: { readonly house: House; readonly language: string },
  items: readonly ListItem[],
  url: string,
) {
  const tag = language.slice(0, 2).toLowerCase();
  const words = TEXTS[tag] ?? TEXTS.en;
  const { subject, lead, open, note } = (words as (typeof TEXTS)[string])[kind];
  const lines = items.map((item) => lineOf(item, tag));
  return {
    subject,
    text: `${lead}\n\n${lines.map((line) => `- ${line}`).join("\n")}\n\n${open}: ${url}\n\n${note}\n`,
    html: houseMail(
      house,
      tag,
      subject,
      `<p>${escapeHtml(lead)}</p><ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>${mailButton(house, open, url)}${mailNote(house, [note])}`,
    ),
  };
}

function lineOf({ title, titles, size, color, quantity }: ListItem, tag: string): string {
  const facts = [color, size].filter((part) => part !== null).join(", ");
  return `${quantity > 1 ? `${quantity} × ` : ""}${titles[tag] ?? title}${facts ? ` (${facts})` : ""}`;
}

interface Words {
  readonly subject: string;
  readonly lead: string;
  readonly open: string;
  readonly note: string;
}

const TEXTS: Readonly<Record<string, Readonly<Record<Kind, Words>>>> = {
  en: {
    share: {
      subject: "A list was shared with you",
      lead: "Somebody has shared a list with you:",
      open: "Open the list",
      note: "Whoever has this link can open the list, so keep it to yourself.",
    },
    claim: {
      subject: "Your list from the store",
      lead: "Here is the list that you made in the store:",
      open: "Open my list",
      note: "If it was not you, somebody has mistyped their address: you need not do anything.",
    },
  },
  tr: {
    share: {
      subject: "Sizinle bir liste paylaşıldı",
      lead: "Biri sizinle bir liste paylaştı:",
      open: "Listeyi aç",
      note: "Bu bağlantıya sahip olan herkes listeyi açabilir; başkasına vermeyin.",
    },
    claim: {
      subject: "Mağazada hazırladığınız liste",
      lead: "Mağazada hazırladığınız liste burada:",
      open: "Listemi aç",
      note: "Siz değilseniz biri adresini yanlış yazmış olmalı: bir şey yapmanıza gerek yok.",
    },
  },
  id: {
    share: {
      subject: "Sebuah daftar dibagikan kepada Anda",
      lead: "Seseorang membagikan daftar ini kepada Anda:",
      open: "Buka daftar",
      note: "Siapa pun yang memiliki tautan ini dapat membuka daftarnya; simpan untuk diri sendiri.",
    },
    claim: {
      subject: "Daftar Anda dari toko",
      lead: "Ini daftar yang Anda buat di toko:",
      open: "Buka daftar saya",
      note: "Jika bukan Anda, seseorang salah mengetik alamatnya: abaikan saja.",
    },
  },
};
