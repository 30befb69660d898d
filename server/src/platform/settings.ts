import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { resolve } from "node:path";

import { z } from "zod";

import { type IntakeSettings, intakeVariables, readIntake, wholeNumber } from "./intake-settings.ts";
import { range } from "./outbound/reachable.ts";
import { StartError } from "./start-error.ts";
import { isZone } from "./time-zone.ts";

const PARTS = ["api", "worker"] as const;
export type PartName = (typeof PARTS)[number];

/** Everything an operator can set, read once at start. Plain data: the supervisor hands it to its parts. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly clickhouseUrl: string | undefined;
  /** Root secret of the installation and newer keys, as in `secret.key`; that file's when unset. */
  readonly secret: string | undefined;
  /** Tells this Kilim from others on the same PostgreSQL; an embedded one has no others. New at each start. */
  readonly node: string;
  readonly isDemo: boolean;
  readonly writeKey: string | undefined;
  readonly apiKey: string | undefined;
  readonly parts: readonly PartName[];
  readonly rawDays: number;
  /** The largest file that may be imported, packed and unpacked, in megabytes. */
  readonly importMb: number;
  readonly smtpUrl: string | undefined;
  /** Secret key of Stripe. Without it the test gateway takes every order and moves no money. */
  readonly stripeKey: string | undefined;
  /** Signs what Stripe tells by itself: the end of payments that took a second step. */
  readonly stripeWebhookSecret: string | undefined;
  readonly mailFrom: string;
  /** The retailer's, IANA's name: what `today` means in a segment. */
  readonly timeZone: string;
  /** Without a closing slash. */
  readonly publicUrl: string;
  /** Addresses or ranges of proxies whose word about who called is taken. */
  readonly trustedProxies: readonly string[];
  /** Addresses or ranges that requests of ours may go to although they are not public. */
  readonly outboundAllow: readonly string[];
  readonly intake: IntakeSettings;
}

/** PostgreSQL's URLs may lack a host (`postgres://user@/db?host=/run/postgresql`), which others may not. */
const url = (protocols: readonly string[], canParse: (text: string) => boolean = URL.canParse) =>
  z.string().refine((text) => protocols.some((protocol) => text.startsWith(`${protocol}://`)) && canParse(text), {
    error: `must be a URL that begins with ${protocols.map((protocol) => `${protocol}://`).join(" or ")}`,
  });

const key = z.string().regex(/^[\w-]{16,128}$/, "must be 16 to 128 letters, digits, - or _");

const environment = z.object({
  KILIM_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, "must be an address or a host's name")
    .default("127.0.0.1"),
  KILIM_PORT: wholeNumber(1, 65_535).default(4000),
  KILIM_DATA: z.string().default("./data"),
  DATABASE_URL: url(["postgres", "postgresql"], () => true).optional(),
  CLICKHOUSE_URL: url(["http", "https"]).optional(),
  KILIM_SECRET: z
    .string()
    .regex(
      /^[A-Za-z0-9+/]{43}=(,[A-Za-z0-9+/]{43}=)*$/,
      "must be 32 bytes in base64, as `openssl rand -base64 32` makes them; newer keys follow behind commas",
    )
    .optional(),
  KILIM_DEMO: z.enum(["0", "1"], { error: "must be 1 or 0" }).default("1"),
  KILIM_WRITE_KEY: key.optional(),
  KILIM_API_KEY: key.optional(),
  KILIM_ROLES: z
    .string()
    .default(PARTS.join(","))
    .transform((text) => [...new Set(text.split(",").map((name) => name.trim()))])
    .pipe(z.array(z.enum(PARTS, { error: "must be api, worker or api,worker" }))),
  KILIM_RAW_DAYS: wholeNumber(1, 3650).default(7),
  KILIM_IMPORT_MB: wholeNumber(1, 1_000_000).default(5 * 1024),
  SMTP_URL: url(["smtp", "smtps"]).optional(),
  KILIM_STRIPE_KEY: z
    .string()
    .regex(/^[sr]k_\w{8,250}$/, "must be a secret or restricted key of Stripe")
    .optional(),
  KILIM_STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\w{8,250}$/, "must be the signing secret of a webhook of Stripe")
    .optional(),
  KILIM_MAIL_FROM: z.string().regex(/@/, "must hold a mail address").default("hello@kilim.localhost"),
  KILIM_TIME_ZONE: z.string().refine(isZone, "must be a time zone such as Europe/Istanbul").default("UTC"),
  KILIM_PUBLIC_URL: url(["http", "https"]).optional(),
  KILIM_TRUSTED_PROXIES: z
    .string()
    .regex(/^[\da-fA-F.:/, ]+$/, "must be addresses or ranges such as 10.0.0.0/8, with commas between")
    .transform((text) => text.split(",").map((range) => range.trim()))
    .optional(),
  KILIM_OUTBOUND_ALLOW: z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .pipe(z.array(range))
    .optional(),
  ...intakeVariables,
});

/** Reads the environment; an empty variable counts as unset. Throws StartError with every problem, not the first. */
export function readSettings(variables: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const read = environment.safeParse(given);
  if (!read.success) {
    const problems = read.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
    throw new StartError(`Kilim's settings are not valid: ${[...new Set(problems)].join("; ")}.`);
  }
  const values = read.data;
  return {
    host: values.KILIM_HOST,
    port: values.KILIM_PORT,
    dataDir: resolve(values.KILIM_DATA),
    databaseUrl: values.DATABASE_URL,
    clickhouseUrl: values.CLICKHOUSE_URL,
    secret: values.KILIM_SECRET,
    node: values.DATABASE_URL ? `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}` : "embedded",
    isDemo: values.KILIM_DEMO === "1",
    writeKey: values.KILIM_WRITE_KEY,
    apiKey: values.KILIM_API_KEY,
    parts: values.KILIM_ROLES,
    rawDays: values.KILIM_RAW_DAYS,
    importMb: values.KILIM_IMPORT_MB,
    smtpUrl: values.SMTP_URL,
    stripeKey: values.KILIM_STRIPE_KEY,
    stripeWebhookSecret: values.KILIM_STRIPE_WEBHOOK_SECRET,
    mailFrom: values.KILIM_MAIL_FROM,
    timeZone: values.KILIM_TIME_ZONE,
    publicUrl: (values.KILIM_PUBLIC_URL ?? `http://${bracketed(values.KILIM_HOST)}:${values.KILIM_PORT}`).replace(
      /\/+$/,
      "",
    ),
    trustedProxies: values.KILIM_TRUSTED_PROXIES ?? [],
    outboundAllow: values.KILIM_OUTBOUND_ALLOW ?? [],
    intake: readIntake(values),
  };
}

function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
