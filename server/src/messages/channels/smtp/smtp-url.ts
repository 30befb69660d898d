import { isIP } from "node:net";

/** Where and how an SMTP server is reached, as its address says. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** Encrypted from the first byte on (`smtps:`, or port 465). */
  readonly isSecure: boolean;
  /** Whether a server that offers STARTTLS is taken at its word; `requireTLS` goes without none. */
  readonly startTls: "offered" | "required" | "never";
  readonly rejectUnauthorized: boolean;
  readonly login: { readonly user: string; readonly password: string } | null;
}

/** Reads `smtp://user:password@host:port?requireTLS=true`; `ignoreTLS` and `tls.rejectUnauthorized` are known too. */
export function readSmtpUrl(text: string): SmtpServer {
  const url = new URL(text);
  const port = url.port === "" ? null : Number(url.port);
  const isSecure = url.protocol === "smtps:" || port === 465;
  const option = (name: string) => url.searchParams.get(name);
  const user = decodeURIComponent(url.username);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: port ?? (isSecure ? 465 : 587),
    isSecure,
    startTls: option("requireTLS") === "true" ? "required" : option("ignoreTLS") === "true" ? "never" : "offered",
    rejectUnauthorized: option("tls.rejectUnauthorized") !== "false",
    login: user === "" ? null : { user, password: decodeURIComponent(url.password) },
  };
}

/** The name a certificate is checked for and asked by; an address has none. */
export function serverName(host: string): { readonly servername?: string } {
  return isIP(host) ? {} : { servername: host };
}
