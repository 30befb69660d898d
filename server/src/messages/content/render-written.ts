import type { Template } from "liquidjs";

import { type Channel, type ContentOf, channelContent, type LetterLook } from "./kinds.ts";
import { LiquidError, type LiquidTarget, parseLiquid, renderLiquid, variablesOf } from "./liquid.ts";
import type { RenderData } from "./render-data.ts";
import { isWebUrl } from "./rewrite-links.ts";
import { mapTexts } from "./shared.ts";
import type { Written, WrittenOf } from "./written.ts";

/** Every channel but e-mail: what was written, with the shared blocks in it and the Liquid still to be rendered. */
export interface CompiledText {
  readonly written: Written;
}

export type TextChannel = Exclude<Channel, "email">;

interface RenderOptions {
  readonly strict: boolean;
  readonly now: Temporal.Instant;
}

const parsed = new WeakMap<CompiledText, ReadonlyMap<string, Template[]>>();

/** Renders one recipient's message for its channel (well under a millisecond). Throws LiquidError. */
export function renderWritten<C extends TextChannel>(
  channel: C,
  compiled: CompiledText,
  data: RenderData,
  options: RenderOptions,
): ContentOf<C> {
  const templates = parse(channel, compiled);
  const filled = mapTexts(compiled.written, (text, field) => {
    const template = templates.get(keyOf(text, field));
    return template ? renderLiquid(template, targetOf(channel, field), data, options.strict) : text;
  }) as Written;
  const made = channelContent.safeParse(shape(channel, filled, data, options.now));
  if (made.success) return made.data as ContentOf<C>;
  const [issue] = made.error.issues.flatMap((issue) =>
    issue.code === "invalid_union" ? issue.errors.flat() : [issue],
  );
  throw new LiquidError(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "cannot be sent"}`);
}

/** The variables that a template of another channel than e-mail reads. */
export function variablesOfWritten(channel: TextChannel, compiled: CompiledText): string[] {
  return variablesOf([...parse(channel, compiled).values()].flat());
}

/** Throws LiquidError for the first text whose Liquid is broken. */
export function parseWritten(channel: TextChannel, compiled: CompiledText): void {
  parse(channel, compiled);
}

function parse(channel: TextChannel, compiled: CompiledText): ReadonlyMap<string, Template[]> {
  const known = parsed.get(compiled);
  if (known) return known;
  const fresh = new Map<string, Template[]>();
  mapTexts(compiled.written, (text, field) => {
    if (/\{[{%]/.test(text)) fresh.set(keyOf(text, field), parseLiquid(text, targetOf(channel, field)));
    return text;
  });
  parsed.set(compiled, fresh);
  return fresh;
}

function targetOf(channel: TextChannel, field: string): LiquidTarget {
  return channel === "webhook" && field === "body" ? "json" : "plain";
}

function keyOf(text: string, field: string): string {
  return `${field === "body"} ${text}`;
}

function shape(channel: TextChannel, written: Written, data: RenderData, now: Temporal.Instant): unknown {
  switch (channel) {
    case "sms":
      return { channel, text: (written as WrittenOf<"sms">).text.trim() };
    case "whatsapp":
      return whatsapp(written as WrittenOf<"whatsapp">);
    case "push": {
      const { title, body, image, url, actions, replaces, ttl } = written as WrittenOf<"push">;
      const taps = actions.map((action) => ({ label: line(action.label), url: action.url.trim() }));
      const more = { ...web("image", image), ...web("url", url), ...(replaces ? { replaces } : {}) };
      return { channel, title: line(title), body: body.trim(), actions: taps, ttl, ...more };
    }
    case "onsite": {
      const { layout, slot, title, body, image, action, expires_hours } = written as WrittenOf<"onsite">;
      return {
        channel,
        layout,
        title: line(title),
        body: body.trim(),
        ...(slot ? { slot } : {}),
        ...web("image", image),
        ...(action ? { action: { label: line(action.label), url: action.url.trim() } } : {}),
        ...(expires_hours ? { expires_at: after(now, expires_hours) } : {}),
      };
    }
    case "webhook":
      return webhook(written as WrittenOf<"webhook">);
    case "letter": {
      const { format, heading, body, coupon } = written as WrittenOf<"letter">;
      const code = coupon ? { coupon: { ...coupon, code: line(coupon.code), label: line(coupon.label) } } : {};
      return {
        channel,
        format,
        heading: line(heading),
        body: body.trim(),
        ...code,
        footer: data.brand.footer.slice(0, 600),
        look: letterLook(data.brand),
      };
    }
    case "call": {
      const { script, reason, due_hours } = written as WrittenOf<"call">;
      const due = due_hours ? { due_at: after(now, due_hours) } : {};
      return { channel, script: script.trim(), reason: line(reason), ...due };
    }
    default: {
      const { text, image } = written as WrittenOf<"social">;
      return { channel, text: text.trim(), ...web("image", image) };
    }
  }
}

export function letterLook({ name, colors, logo, senders }: RenderData["brand"]): LetterLook {
  const { name: said = "", address = "" } = senders.letter ?? {};
  const { primary, background, text, muted } = colors;
  const sender = address === "" ? "" : `${said || name} · ${address}`;
  return { name, sender, logo: logo?.url ?? null, primary, background, text, muted };
}

function whatsapp(written: WrittenOf<"whatsapp">): unknown {
  const channel = "whatsapp";
  if (written.kind === "text") return { channel, kind: "text", text: written.text.trim() };
  if (written.kind === "image") {
    const caption = written.caption.trim();
    return { channel, kind: "image", url: written.url.trim(), ...(caption ? { caption } : {}) };
  }
  const { kind, name, language, header, body, buttons } = written;
  // Meta refuses line breaks, tabs and more than four spaces in a row in a template's values.
  const values = body.map((value) => value.replace(/\s+/g, " ").trim());
  return { channel, kind, name, language, ...(header ? { header } : {}), body: values, buttons };
}

function webhook({ url, method, headers, body }: WrittenOf<"webhook">): unknown {
  try {
    JSON.parse(body);
  } catch {
    throw new LiquidError("body: what comes out is not JSON");
  }
  const lines = Object.entries(headers).map(([name, value]) => [name, line(value)]);
  return { channel: "webhook", url: url.trim(), method, headers: Object.fromEntries(lines), body };
}

/** An address that may be left out; one that is no web address is left out too, rather than sent. */
function web<F extends string>(field: F, url: string): { [K in F]?: string } {
  const address = url.trim();
  return isWebUrl(address) ? ({ [field]: address } as { [K in F]?: string }) : {};
}

/** A value with a line break in it must not begin another line. */
function line(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/ +/g, " ")
    .trim();
}

function after(now: Temporal.Instant, hours: number): string {
  return now.add({ hours }).toString({ smallestUnit: "millisecond" });
}
