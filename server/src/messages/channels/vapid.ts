import { createECDH } from "node:crypto";

import type { Secrets } from "../../platform/secrets.ts";

/** The installation's own keys for web push, always the same: browsers stay subscribed, and nobody has to make any. */
export function vapidKeys(secrets: Secrets): { readonly publicKey: string; readonly privateKey: string } {
  const privateKey = secrets.sign("messages.vapid", "1");
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(Buffer.from(privateKey, "base64url"));
  return { publicKey: curve.getPublicKey("base64url"), privateKey };
}
