import { append, newEvent } from "../../collect/index.ts";
import { normaliseEmail } from "../../identity/index.ts";
import { inTransaction } from "../../platform/db.ts";
import { escapeHtml } from "../../platform/house.ts";
import { houseMail, mailButton, mailNote } from "../../platform/house-mail.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import { bare } from "../choices/note-choices.ts";
import type { RequestBody } from "../contracts.ts";
import type { ConsentDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { wordsFor } from "../pages/words.ts";
import {
  confirmRequest,
  forgetRequests,
  insertRequest,
  keepRequest,
  loadRequest,
  type OptInRequest,
} from "../queries/requests.pg.ts";
import { OPT_IN_LIVES, openConfirm } from "./confirm-link.ts";

/** Nobody can use us to fill another's mailbox. */
const MOST_MAILS = 3;
const PER = { hours: 24 };
const SIGNED = "consent.request";

/**
 * Asks the owner of an address whether the request is theirs. Nothing is granted, nothing joined and nobody told until
 * they confirm; the answer is the same whether the address is known, has had its fill of mails, or neither.
 */
export async function requestConsent(deps: ConsentDeps, body: RequestBody): Promise<void> {
  const email = normaliseEmail(body.email);
  if (email === null) {
    throw refuse("invalid_address", undefined, [{ path: "email", message: "an address such as jane@example.com" }]);
  }
  const now = deps.clock.now();
  const request = {
    id: newId(deps.clock),
    email,
    purposes: [...new Set(body.purposes)],
    wording: body.wording,
    source: body.source,
    language: body.language,
    proof: body.page === undefined ? {} : { page: bare(body.page) },
    created_at: now.toString(),
    expires_at: now.add(OPT_IN_LIVES).toString(),
  };
  await forgetRequests(deps.db, now.subtract({ hours: 24 * 30 }).toString());
  const limit = { most: MOST_MAILS, since: now.subtract(PER).toString() };
  if (!(await inTransaction(deps.db, (tx) => insertRequest(tx, request, limit)))) return;
  await deps.sendMail({ to: email, ...(await mailFor(deps, request)) });
}

async function mailFor(
  deps: ConsentDeps,
  { id, language, wording }: Pick<OptInRequest, "id" | "language" | "wording">,
) {
  const words = wordsFor(language);
  const house = await deps.house(language);
  const url = `${deps.publicUrl}/t/d/${id}.${deps.secrets.sign(SIGNED, id)}`;
  return {
    subject: `${words.mailSubject} · ${house.name}`,
    text: `${words.mailLead}\n\n${wording}\n\n${url}\n\n${words.mailNote}\n`,
    html: houseMail(
      house,
      language,
      words.mailSubject,
      `<p>${escapeHtml(words.mailLead)}</p><p>${escapeHtml(wording)}</p>${mailButton(house, words.confirmButton, url)}${mailNote(house, [words.mailNote])}`,
    ),
  };
}

/** The request of a link; null when it is forged, unknown or too old. */
export async function readRequest(deps: ConsentDeps, token: string): Promise<OptInRequest | null> {
  return token.includes(".") ? readAsked(deps, token) : readConfirm(deps, token);
}

/** Of a link in a message: it is written down when it is confirmed. */
async function readConfirm(deps: ConsentDeps, token: string): Promise<OptInRequest | null> {
  const asked = openConfirm(deps, token);
  if (!asked) return null;
  const { id, email, language, askedAt, until } = asked;
  const { name } = await deps.house(language);
  return (
    (await loadRequest(deps.db, id)) ?? {
      id,
      email,
      language,
      purposes: ["marketing"],
      wording: `${wordsFor(language).confirmLead} ${name}`,
      source: "message",
      proof: {},
      created_at: askedAt.toString(),
      expires_at: until.toString(),
      confirmed_at: null,
    }
  );
}

async function readAsked(deps: ConsentDeps, token: string): Promise<OptInRequest | null> {
  const [id = "", signature = ""] = token.split(".");
  if (!isUuid(id) || !deps.secrets.isSigned(SIGNED, id, signature)) return null;
  const request = await loadRequest(deps.db, id);
  if (!request || Date.parse(request.expires_at) <= deps.clock.now().epochMilliseconds) return null;
  return request;
}

/** The yes, with the whole story as its proof. The mail has proven whose address it is. A second time changes nothing. */
export async function confirmConsent(deps: ConsentDeps, request: OptInRequest): Promise<void> {
  const at = deps.clock.now().toString({ smallestUnit: "millisecond" });
  const { id, email, purposes, wording, source } = request;
  await inTransaction(deps.db, async (tx) => {
    await keepRequest(tx, request);
    if (!(await confirmRequest(tx, id, at))) return;
    const proof = { ...request.proof, form: source, asked_at: request.created_at, confirmed_at: at };
    const identify = newEvent(deps.clock, {
      messageId: `opt-in:${id}`,
      source: "consent",
      type: "identify",
      name: "Identify",
      verified: true,
      channel: "web",
      traits: { email },
    });
    const yes = purposes.map((purpose) =>
      newEvent(deps.clock, {
        messageId: `opt-in:${id}:${purpose}`,
        source: "consent",
        name: "Consent Changed",
        verified: true,
        channel: "web",
        context: { traits: { email } },
        properties: { channel: "email", purpose, state: "granted", source: "double_opt_in", wording, proof },
      }),
    );
    await append(tx, [identify, ...yes]);
  });
  deps.bus.wake("inbox");
}
