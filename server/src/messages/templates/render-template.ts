import type { ImageMaker } from "../content/image-places.ts";
import type { Channel, ContentOf } from "../content/kinds.ts";
import { type Needs, needsOf } from "../content/needs.ts";
import {
  type CompiledContent,
  type RenderedContent,
  renderContent,
  variablesOfMail,
} from "../content/render-content.ts";
import type { RenderData } from "../content/render-data.ts";
import { type CompiledText, renderWritten, type TextChannel, variablesOfWritten } from "../content/render-written.ts";
import type { LinkMaker } from "../content/rewrite-links.ts";
import type { Compiled } from "./compile-contents.ts";

export interface RenderOptions {
  readonly strict: boolean;
  readonly now: Temporal.Instant;
  readonly links?: LinkMaker;
  readonly image?: ImageMaker;
}

/** A mail still lacks its sender and headers; every other channel's content is whole. */
export type Rendered = ({ readonly channel: "email" } & RenderedContent) | ContentOf<TextChannel>;

/** One recipient's message on the template's channel. Throws LiquidError. */
export function renderTemplate(
  channel: Channel,
  compiled: Compiled,
  data: RenderData,
  options: RenderOptions,
): Rendered {
  if (channel !== "email") return renderWritten(channel, compiled as CompiledText, data, options);
  return { channel, ...renderContent(compiled as CompiledContent, data, options) };
}

const known = new WeakMap<Compiled, Needs>();

/** What has to be read of the world for this template; worked out once per version. */
export function needsOfTemplate(channel: Channel, compiled: Compiled): Needs {
  const found = known.get(compiled);
  if (found) return found;
  const needs = needsOf(variablesOfTemplate(channel, compiled));
  known.set(compiled, needs);
  return needs;
}

export function variablesOfTemplate(channel: Channel, compiled: Compiled): string[] {
  return channel === "email"
    ? variablesOfMail(compiled as CompiledContent)
    : variablesOfWritten(channel, compiled as CompiledText);
}
