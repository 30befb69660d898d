import { withoutLiquid } from "../liquid-tags.ts";
import { countSegments } from "../sms-segments.ts";
import type { WrittenOf } from "../written.ts";
import { type Checked, type Found, warning } from "./check.ts";

const STOP = /\b(stop|ret|iptal|berhenti|unsubscribe)\b|unsubscribe_url/i;

/** What phones cut off, and what an SMS costs. */
export function checkShortTexts({ channel, written, purpose }: Checked): Found[] {
  if (channel === "sms") return checkSms((written as WrittenOf<"sms">).text, purpose);
  if (channel !== "push") return [];
  const { title, body } = written as WrittenOf<"push">;
  return [
    ...(plain(title).length > 50
      ? [warning("push_title_long", "title", "Phones cut a title after about 50 characters.")]
      : []),
    ...(plain(body).length > 150
      ? [warning("push_body_long", "body", "Phones cut the text after about 150 characters.")]
      : []),
  ];
}

function checkSms(text: string, purpose: string): Found[] {
  const { segments, encoding } = countSegments(plain(text));
  const odd =
    encoding === "ucs2"
      ? [...new Set([...plain(text)].filter((letter) => countSegments(letter).encoding === "ucs2"))]
      : [];
  return [
    ...(segments > 1
      ? [warning("sms_long", "text", `Each one is sent and paid as ${segments} SMS.`, `${segments} SMS`)]
      : []),
    ...(odd.length > 0
      ? [warning("sms_unicode", "text", "These letters halve what fits into an SMS.", odd.slice(0, 20).join(" "))]
      : []),
    ...(purpose === "marketing" && !STOP.test(text)
      ? [warning("sms_no_way_out", "text", "Nothing says how to get no more of these, such as “Reply STOP”.")]
      : []),
  ];
}

function plain(text: string): string {
  return withoutLiquid(text, "");
}
