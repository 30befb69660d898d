import { isUuid } from "../../platform/ids.ts";
import type { Secrets } from "../../platform/secrets.ts";
import type { LiveImage } from "../content/image-places.ts";
import { isWebUrl } from "../content/rewrite-links.ts";

/** Signs and reads the tokens in a mail's links. Each is bound to its message, its use and, for a click, its address. */
export interface TrackingTokens {
  open(messageId: string): string;
  click(messageId: string, url: string): string;
  unsubscribe(messageId: string): string;
  /** The address of a picture that is drawn when it is opened; it names no message and no person. */
  image(subject: ImageSubject): string;
  /** The message's id, or null when the token is not ours. */
  readOpen(token: string): string | null;
  readClick(token: string): { readonly messageId: string; readonly url: string } | null;
  readUnsubscribe(token: string): string | null;
  readImage(token: string): ImageSubject | null;
}

export interface ImageSubject {
  readonly image: LiveImage;
  readonly value: string;
  readonly language: string;
}

/** A UUID as base64url of its 16 bytes. */
const ID_LENGTH = 22;

export function createTrackingTokens(secrets: Secrets): TrackingTokens {
  const sign = (use: string, payload: string) => `${payload}.${secrets.sign(`messages.${use}`, payload)}`;
  const read = (use: string, token: string): string | null => {
    const dot = token.lastIndexOf(".");
    const payload = token.slice(0, Math.max(dot, 0));
    return secrets.isSigned(`messages.${use}`, payload, token.slice(dot + 1)) ? payload : null;
  };
  const readId = (use: string, token: string): string | null => {
    const payload = read(use, token);
    return payload === null ? null : unpackId(payload);
  };
  return {
    open: (messageId) => sign("open", packId(messageId)),
    click: (messageId, url) => sign("click", packId(messageId) + Buffer.from(url).toString("base64url")),
    unsubscribe: (messageId) => sign("unsubscribe", packId(messageId)),
    image: ({ image, value, language }) =>
      sign("image", Buffer.from(JSON.stringify([image, value, language])).toString("base64url")),
    readImage(token) {
      const payload = read("image", token);
      if (payload === null) return null;
      const [image, value, language] = JSON.parse(Buffer.from(payload, "base64url").toString());
      return { image, value, language };
    },
    readOpen: (token) => readId("open", token),
    readUnsubscribe: (token) => readId("unsubscribe", token),
    readClick(token) {
      const payload = read("click", token);
      const messageId = payload === null ? null : unpackId(payload.slice(0, ID_LENGTH));
      if (payload === null || messageId === null) return null;
      const url = Buffer.from(payload.slice(ID_LENGTH), "base64url").toString();
      return isWebUrl(url) ? { messageId, url } : null;
    },
  };
}

function packId(id: string): string {
  return Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url");
}

function unpackId(text: string): string | null {
  const hex = Buffer.from(text, "base64url").toString("hex");
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return isUuid(id) ? id : null;
}
