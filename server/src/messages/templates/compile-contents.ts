import type { z } from "zod";

import type { Db } from "../../platform/db.ts";
import type { FieldError } from "../../platform/errors.ts";
import { blocksToMjml } from "../content/blocks-to-mjml.ts";
import { compileBody } from "../content/compile-body.ts";
import type { Channel } from "../content/kinds.ts";
import { LiquidError, parseLiquid } from "../content/liquid.ts";
import { fieldMistake, liquidMistake, type Mistake } from "../content/mistakes.ts";
import type { CompiledContent } from "../content/render-content.ts";
import { type CompiledText, parseWritten } from "../content/render-written.ts";
import { namedBlocks, type WithShared, withShared } from "../content/shared.ts";
import { WRITTEN, type Written, type WrittenEmail } from "../content/written.ts";
import { loadSharedBlocks } from "../queries/blocks.pg.ts";
import type { Purpose } from "../vocabulary.ts";

/** One language of a template, ready to be rendered for anybody. */
export type Compiled = CompiledContent | CompiledText;

export interface CompiledContents {
  readonly compiled: Readonly<Record<string, Compiled>>;
  readonly errors: readonly FieldError[];
  /** The shared blocks that went into it, each at its version. */
  readonly uses: readonly { readonly id: string; readonly version: number }[];
}

interface Source {
  readonly channel: Channel;
  readonly purpose: Purpose;
  readonly contents: Readonly<Record<string, Written>>;
}

/** Compiles every language of a template; mistakes come back with the path of the field they are in. */
export async function compileContents(db: Db, { channel, purpose, contents }: Source): Promise<CompiledContents> {
  const named = namedBlocks(Object.values(contents));
  const shared = named.ids.length + named.keys.length > 0 ? await loadSharedBlocks(db, named.ids, named.keys) : [];
  const compiled: Record<string, Compiled> = {};
  const errors: FieldError[] = [];
  for (const [language, written] of Object.entries(contents)) {
    const filled = withShared(channel, written, language, shared);
    const at = (field: string) => `contents.${language}.${field}`;
    errors.push(...filled.errors.map((one) => ({ path: at(mainField(channel, written)), ...one })));
    if (channel === "email") {
      const mail = await compileMail(filled, language, purpose);
      errors.push(...mail.errors.map(({ field, ...one }) => ({ path: at(field), ...one })));
      compiled[language] = mail.compiled;
    } else {
      const text = { written: filled.written };
      const broken = mistakeOf(() => parseWritten(channel, text));
      if (broken !== null) errors.push({ path: at(mainField(channel, written)), ...broken });
      compiled[language] = text;
    }
  }
  return { compiled, errors, uses: shared.map(({ id, version }) => ({ id, version })) };
}

interface MailMistake extends Mistake {
  readonly field: string;
}

async function compileMail(
  { written, mail }: WithShared,
  language: string,
  purpose: Purpose,
): Promise<{ compiled: CompiledContent; errors: readonly MailMistake[] }> {
  const email = written as WrittenEmail;
  const field = email.blocks ? "blocks" : "body";
  const preheader = email.preheader ? { preheader: email.preheader } : {};
  const source = email.blocks
    ? blocksToMjml(email.blocks, { language, shared: mail, ...preheader })
    : withPreheader(email.body ?? "", email.preheader);
  const body = await compileBody(source, language, purpose);
  const errors = body.errors.map((one): MailMistake => ({ field, ...one }));
  const subject = mistakeOf(() => parseLiquid(email.subject, "plain"));
  if (subject !== null) errors.push({ field: "subject", ...subject });
  return { compiled: { subject: email.subject, html: body.html }, errors };
}

/** Where MJML of the author's own has no preview text, the preheader becomes it. */
function withPreheader(body: string, preheader: string | undefined): string {
  if (!preheader || /<mj-preview[\s>]/.test(body)) return body;
  const preview = `<mj-preview>${preheader.replaceAll("<", "&lt;")}</mj-preview>`;
  if (/<mj-head[\s>]/.test(body)) return body.replace(/<mj-head[^>]*>/, (head) => head + preview);
  return body.replace(/<mjml[^>]*>/, (start) => `${start}<mj-head>${preview}</mj-head>`);
}

function mistakeOf(parse: () => unknown): Mistake | null {
  try {
    parse();
    return null;
  } catch (error) {
    if (error instanceof LiquidError) return liquidMistake(error);
    throw error;
  }
}

const MAIN: Readonly<Record<Exclude<Channel, "email">, string>> = {
  sms: "text",
  whatsapp: "text",
  push: "title",
  onsite: "body",
  webhook: "body",
  letter: "body",
  call: "script",
  social: "text",
};

/** The field an author looks at when no better one is known. */
function mainField(channel: Channel, written: Written): string {
  if (channel === "email") return "blocks" in written && written.blocks ? "blocks" : "body";
  return MAIN[channel];
}

/** Reads what an editor has sent for one language; mistakes come with the path inside it. */
export function readWritten(channel: Channel, value: unknown): { written?: Written; errors: readonly FieldError[] } {
  const read = (WRITTEN[channel] as z.ZodType<Written>).safeParse(value);
  if (read.success) return { written: read.data, errors: [] };
  return { errors: read.error.issues.map((issue) => ({ path: issue.path.join("."), ...fieldMistake(issue) })) };
}
