/** A mail's Message-ID: stable over retries, so that receivers can tell a repeat. */
export function messageIdOf(id: string, publicUrl: string): string {
  const host = new URL(publicUrl).hostname;
  return `<${id}@${/[a-z]/i.test(host) && !host.startsWith("[") ? host : "kilim.localhost"}>`;
}
