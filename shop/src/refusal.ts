import { KilimError } from "@kilim/sdk";

/** Why something was refused, in the reader's words: the server's own are for whoever writes programs. */
export function refusal(
  t: (key: string, options: { defaultValue: string }) => string,
  error: Error,
  otherwise: string,
): string {
  return error instanceof KilimError ? t(`refused.${error.code}`, { defaultValue: otherwise }) : otherwise;
}
