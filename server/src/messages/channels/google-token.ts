import { z } from "zod";

import { type Check, reasonOf, type Tools } from "./adapter.ts";
import { ask, isYes, parseJson, readAnswer } from "./ask.ts";
import { signJwt } from "./jwt.ts";

const serviceAccount = z.object({
  client_email: z.string(),
  private_key: z.string(),
  token_uri: z.string().default("https://oauth2.googleapis.com/token"),
});
const given = z.object({ access_token: z.string(), expires_in: z.number() });

/** An access token of a service account, asked for anew a minute before it ends; one question for all who wait. */
export function googleToken(file: string, scope: string, { http, clock }: Pick<Tools, "http" | "clock">) {
  let held: { readonly token: Promise<string>; until: number } | null = null;
  const request = async (): Promise<string> => {
    const { client_email, private_key, token_uri } = serviceAccount.parse(parseJson(file));
    const now = Math.floor(clock.now().epochMilliseconds / 1000);
    const claims = { iss: client_email, scope, aud: token_uri, iat: now, exp: now + 3600 };
    const form = new URLSearchParams({
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      assertion: signJwt("RS256", private_key, claims),
    });
    const answer = await ask(http, { method: "POST", url: token_uri, form, isRepeatable: true });
    const read = readAnswer(answer, given);
    if (!isYes(answer) || read === null) throw new Error(`no token: ${answer.status} ${reasonOf(answer.text)}`);
    if (held) held.until = (now + read.expires_in - 60) * 1000;
    return read.access_token;
  };
  return (): Promise<string> => {
    if (held !== null && clock.now().epochMilliseconds < held.until) return held.token;
    const mine = { token: request(), until: clock.now().epochMilliseconds + 60_000 };
    held = mine;
    mine.token.catch(() => {
      if (held === mine) held = null;
    });
    return mine.token;
  };
}

/** An account's check where nothing but a token can be asked for without doing something. */
export async function checkToken(token: () => Promise<string>): Promise<Check> {
  try {
    await token();
    return { ok: true, detail: "Google gives the service account a token." };
  } catch (error) {
    return { ok: false, detail: reasonOf(error) };
  }
}
