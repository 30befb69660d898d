import type { z } from "zod";

import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { sendMail } from "../sending/send-mail.ts";
import type { testBody } from "./contracts.ts";
import { type PreviewDeps, previewTemplate } from "./preview-template.ts";

type Deps = PreviewDeps & MessagesDeps;

/**
 * Mails a template to somebody of the house, made from a real person's data. Links are not tracked and nothing is
 * noted on that person. Other channels come as a mail that shows what would be sent.
 */
export async function sendTest(
  deps: Deps,
  id: string,
  { to, ...asked }: z.infer<typeof testBody>,
  own: string | null,
): Promise<{ to: string }> {
  const address = to ?? own;
  if (address === null) throw refuse("test_without_address");
  const made = await previewTemplate(deps, id, asked);
  if (made.html === "" && made.content === null)
    throw refuse(
      "template_not_valid",
      "There is nothing to send yet.",
      made.errors.map((message) => ({ path: "content", message })),
    );
  if (made.channel === "email") {
    await sendMail(deps, { to: address, subject: `[Test] ${made.subject}`, html: made.html, text: made.text });
  } else {
    const text = JSON.stringify(made.content, null, 2);
    const html = `<pre>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</pre>`;
    await sendMail(deps, { to: address, subject: `[Test] ${made.channel}`, html, text });
  }
  return { to: address };
}
