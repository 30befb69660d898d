import type { FieldError } from "../../platform/errors.ts";
import { compileBody } from "../content/compile-body.ts";
import { LiquidError, parseLiquid } from "../content/liquid.ts";
import type { CompiledContent } from "../content/render-content.ts";
import type { Content, Purpose } from "../contracts.ts";

export interface CompiledContents {
  readonly compiled: Readonly<Record<string, CompiledContent>>;
  readonly errors: readonly FieldError[];
}

/** Compiles every language of a template; mistakes come back with the path of the field they are in. */
export async function compileContents(
  contents: Readonly<Record<string, Content>>,
  purpose: Purpose,
): Promise<CompiledContents> {
  const compiled: Record<string, CompiledContent> = {};
  const errors: FieldError[] = [];
  for (const [language, content] of Object.entries(contents)) {
    const body = await compileBody(content.body, language, purpose);
    errors.push(...body.errors.map((message) => ({ path: `contents.${language}.body`, message })));
    const subject = subjectError(content.subject);
    if (subject !== null) errors.push({ path: `contents.${language}.subject`, message: subject });
    compiled[language] = { subject: content.subject, html: body.html };
  }
  return { compiled, errors };
}

function subjectError(subject: string): string | null {
  try {
    parseLiquid(subject, "plain");
    return null;
  } catch (error) {
    if (error instanceof LiquidError) return `Liquid: ${error.message}`;
    throw error;
  }
}
