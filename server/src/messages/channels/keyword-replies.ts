import { z } from "zod";

import { keywordOf } from "./keywords.ts";

const words = z.string().max(320).optional();

/** What an SMS account answers to STOP, START and HELP; nothing where it is empty. */
export const keywordReplies = { help_text: words, stop_text: words, start_text: words };

const replies = z.object(keywordReplies);

/** The answer to what somebody wrote, in the account's words; null when there is none to give. */
export function replyTo(settings: unknown, text: string): string | null {
  const keyword = keywordOf(text);
  const read = replies.safeParse(settings);
  return keyword !== null && read.success ? read.data[`${keyword}_text`] || null : null;
}
