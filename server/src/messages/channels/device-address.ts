import { z } from "zod";

import { parseJson } from "./ask.ts";

/** Web push by browsers, FCM and APNs by apps; each is also the name of its provider. */
export const DEVICE_KINDS = ["web", "fcm", "apns"] as const;

const device = z.object({
  kind: z.enum(DEVICE_KINDS),
  /** A browser's endpoint, an app's registration token. */
  token: z.string(),
  p256dh: z.string().optional(),
  auth: z.string().optional(),
});

/** A device as it stands in a push message's `to`; null when it is none. */
export function readDevice(to: string): z.infer<typeof device> | null {
  const read = device.safeParse(parseJson(to));
  return read.success ? read.data : null;
}

const devices = z.array(device);

/** Where a message goes, place by place: each device of a list of them, anything else as it stands. */
export function eachDevice(to: string): string[] {
  const read = to.startsWith("[") ? devices.safeParse(parseJson(to)) : null;
  return read?.success ? read.data.map((one) => JSON.stringify(one)) : [to];
}
