import type { BrandKit } from "./kit.ts";

/**
 * Who a mail comes from: what the kit says of e-mail, on top of what the channel's settings say. A sender that nobody
 * has named goes by the brand's name.
 */
export function senderOf(
  { senders, name: brand }: Pick<BrandKit, "senders" | "name">,
  from: string,
): { readonly from: string; readonly reply_to?: string } {
  const { name = "", address = "", reply_to = "" } = senders.email ?? {};
  const [, shown = "", set = ""] = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(from) ?? ["", "", from.trim()];
  const said = name || (address === "" ? shown.replace(/^"|"$/g, "") : "") || brand;
  const isAsSet = name === "" && address === "" && shown !== "";
  const made = isAsSet ? from : `"${said.replace(/["\\]/g, "")}" <${address || set}>`;
  return { from: made, ...(reply_to === "" ? {} : { reply_to }) };
}
