import { z } from "zod";

import { topicKey } from "../../consent/contracts.ts";
import { pageOf, pageQuery } from "../../platform/pages.ts";
import { CHANNELS, type Channel, channelContent } from "../content/kinds.ts";
import { WRITTEN, type Written } from "../content/written.ts";
import { language, PURPOSES } from "../vocabulary.ts";

const id = z.uuid();
const time = z.string();
const name = z.string().trim().min(1).max(120);
const json = z.record(z.string(), z.json());
const channel = z.enum(CHANNELS);

const perLanguage = <T extends z.ZodType>(written: T) =>
  z
    .record(language, written)
    .refine((all) => Object.keys(all).length >= 1, "at least one language")
    .refine((all) => Object.keys(all).length <= 20, "at most 20 languages");

const bodyOf = <C extends Channel, T extends z.ZodType>(of: C, written: T) =>
  z.strictObject({
    name,
    channel: z.literal(of),
    purpose: z.enum(PURPOSES).default("marketing"),
    /** What it is about, which people can say no to by itself; absent leaves it as it is, null takes it away. */
    topic: topicKey.nullish(),
    /** Of messages that compete for somebody's last place under a cap the higher goes; absent leaves it as it is, at first 0. */
    priority: z.int().min(-100).max(100).optional(),
    default_language: language.default("en"),
    contents: perLanguage(written),
  });

/** A template: one channel, and per language what is written for it. Without a channel it is e-mail. */
export const templateBody = z.discriminatedUnion("channel", [
  bodyOf("email", WRITTEN.email).extend({ channel: z.literal("email").default("email") }),
  bodyOf("sms", WRITTEN.sms),
  bodyOf("whatsapp", WRITTEN.whatsapp),
  bodyOf("push", WRITTEN.push),
  bodyOf("onsite", WRITTEN.onsite),
  bodyOf("webhook", WRITTEN.webhook),
  bodyOf("letter", WRITTEN.letter),
  bodyOf("call", WRITTEN.call),
  bodyOf("social", WRITTEN.social),
]);
export type TemplateBody = z.input<typeof templateBody>;
export type ReadTemplateBody = z.output<typeof templateBody>;

export const changeQuery = z.object({
  /** The version this was written from; 409 when there is a newer one. Absent: whatever is there is replaced. */
  base: z.coerce.number().int().min(1).optional(),
});

/** Checked when it was written; told as it stands. */
const written = z.looseObject({}) as unknown as z.ZodType<Written>;
const draftMark = z.object({ revision: z.int(), author: z.string(), updated_at: time });

export const templateView = z.object({
  id,
  name: z.string(),
  channel,
  purpose: z.enum(PURPOSES),
  topic: z.string().nullable(),
  priority: z.int(),
  version: z.int(),
  default_language: z.string(),
  contents: z.record(z.string(), written),
  /** What somebody has written on and not published. */
  draft: draftMark.nullable(),
  /** Offered nowhere since then; what uses it goes on. */
  archived_at: time.nullable(),
  created_at: time,
  updated_at: time,
});
export type TemplateView = z.infer<typeof templateView>;
export const templatePage = pageOf(templateView.omit({ contents: true }).extend({ languages: z.array(z.string()) }));
export type TemplatePage = z.infer<typeof templatePage>;
export const templateQuery = pageQuery.extend({ archived: z.enum(["true", "false"]).default("false") });

const versionSummary = z.object({
  version: z.int(),
  author: z.string(),
  /** Why there is this version, when nobody wrote it anew. */
  note: z.string().nullable(),
  published_at: time,
  default_language: z.string(),
  languages: z.array(z.string()),
});
export const versionPage = pageOf(versionSummary);
export type TemplateVersion = z.infer<typeof versionSummary>;
export const versionView = versionSummary.extend({ contents: z.record(z.string(), written) });
export type VersionView = z.infer<typeof versionView>;
export const versionParams = z.object({ id, version: z.coerce.number().int().min(1) });

export const duplicateBody = z.strictObject({ name });

/** A draft may be half done: it is only published when it is whole. */
const draftContents = z.strictObject({
  name: z.string().max(120),
  purpose: z.enum(PURPOSES),
  topic: topicKey.nullish(),
  priority: z.int().min(-100).max(100).optional(),
  default_language: language,
  contents: z.record(language, json),
});
export const draftBody = z.strictObject({
  /** The revision this was written from, 0 for the first; 409 when there is another. */
  revision: z.int().min(0),
  body: draftContents,
});
export const draftView = draftMark.extend({
  /** The published version it began from. */
  based_on: z.int(),
  body: draftContents,
});
export type DraftView = z.infer<typeof draftView>;

export const previewBody = z.strictObject({
  /** `null` or absent: a preview without a person. */
  profile: z.string().max(400).nullish(),
  language: language.nullish(),
  /** Text not saved yet; absent: the published version. */
  content: json.optional(),
  data: json.default({}),
});

export const missingValue = z.object({
  /** The variable that has no value for this person. */
  variable: z.string(),
  message: z.string(),
});

export const textMistake = z.object({
  /** The field it is in. */
  path: z.string(),
  code: z.string(),
  message: z.string(),
  /** What it is about: the tag, the block. */
  value: z.string().nullable(),
});

export const previewView = z.object({
  language: z.string(),
  channel,
  /** For e-mail; empty otherwise. */
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  /** For every other channel: what its adapter would be given. `null` when it cannot be made. */
  content: channelContent.nullable(),
  /** For SMS. */
  segments: z
    .object({ encoding: z.enum(["gsm7", "ucs2"]), units: z.int(), segments: z.int(), left: z.int() })
    .nullable(),
  /** What would go wrong for this person: values that are missing, mistakes in the text. */
  errors: z.array(z.string()),
  /** Those of the errors that a default would mend. */
  missing: z.array(missingValue),
  /** Those that stand in the text whoever reads it, by their codes. */
  mistakes: z.array(textMistake),
});
export type PreviewView = z.infer<typeof previewView>;

export const testBody = z.strictObject({
  /** Whose data it is made from. */
  profile: z.string().min(1).max(400),
  language: language.nullish(),
  content: json.optional(),
  /** Where it goes: an e-mail address. Absent: the address of the member of staff who asks. */
  to: z.email().max(320).optional(),
  data: json.default({}),
});
export const testView = z.object({ to: z.string() });

export const checkBody = z.strictObject({
  purpose: z.enum(PURPOSES).optional(),
  /** Languages not saved yet; absent: the published version. */
  contents: z.record(language, json).optional(),
  /** Whether the links are asked, too; takes seconds. */
  ask_links: z.boolean().default(false),
});
export const finding = z.object({
  code: z.string(),
  severity: z.enum(["error", "warning"]),
  language: z.string(),
  /** The field, or the block, where it is. */
  path: z.string(),
  message: z.string(),
  /** What it is about: the link, the word, the variable. */
  value: z.string().nullable(),
});
export type Finding = z.infer<typeof finding>;
export const checkView = z.object({ findings: z.array(finding) });
export type CheckView = z.infer<typeof checkView>;

export const variablesQuery = z.object({
  language: language.default("en"),
});
export const variable = z.object({
  name: z.string(),
  type: z.enum(["text", "number", "money", "time", "list", "address", "yes_no"]),
  group: z.string(),
  meaning: z.string(),
  example: z.string(),
  /** Whether somebody may lack it, so that a default belongs to it. */
  may_be_missing: z.boolean(),
});
export type Variable = z.infer<typeof variable>;
export const variablesView = z.object({
  items: z.array(variable),
  filters: z.array(z.object({ name: z.string(), meaning: z.string(), example: z.string() })),
  shared: z.array(z.object({ key: z.string(), name: z.string() })),
});
export type VariablesView = z.infer<typeof variablesView>;

export const galleryItem = z.object({
  id: z.string(),
  channel,
  purpose: z.enum(PURPOSES),
  name: z.string(),
  about: z.string(),
  default_language: z.string(),
  contents: z.record(z.string(), written),
});
export type GalleryItem = z.infer<typeof galleryItem>;
export const galleryQuery = z.object({ channel: channel.optional(), language: language.default("en") });
export const galleryView = z.object({ items: z.array(galleryItem), next: z.null() });
