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

/** A number in E.164 or a short code, or a name as phones show it. */
const SMS_SENDER = /^(\+?\d{3,15}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/;

export const isSmsSender = (text: string): boolean => SMS_SENDER.test(text);

/** Who an SMS comes from: the number or name in the kit; where it has none, the account's own. */
export function smsSenderOf({ senders }: Pick<BrandKit, "senders">): { readonly from?: string } {
  const { name = "", address = "" } = senders.sms ?? {};
  const from = address || name;
  return isSmsSender(from) ? { from } : {};
}
