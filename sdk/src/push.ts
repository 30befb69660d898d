import type { Ask } from "./ask.ts";

export interface Push {
  /** Whether this browser can be pushed to at all. */
  readonly isPossible: boolean;
  /**
   * Asks for permission and subscribes; call it from a click. False when the person says no. `worker` is a script on
   * the page's own origin with `importScripts("<kilim>/sdk/kilim-push.js")` in it.
   */
  subscribe(worker?: string): Promise<boolean>;
  /** This browser is pushed to no more. */
  unsubscribe(): Promise<void>;
}

/** Web push: the browser's own subscription, told to the server with this device's headers. */
export function openPush(ask: Ask): Push {
  return {
    get isPossible() {
      return "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
    },
    async subscribe(worker = "/kilim-push.js") {
      if (!this.isPossible || (await Notification.requestPermission()) !== "granted") return false;
      const { public_key } = await ask<{ public_key: string }>("GET", "/v1/push/key");
      await navigator.serviceWorker.register(worker);
      const registration = await navigator.serviceWorker.ready;
      const subscription =
        (await registration.pushManager.getSubscription()) ??
        (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: public_key }));
      const { endpoint, keys } = subscription.toJSON();
      await ask("PUT", "/v1/devices", {
        kind: "web",
        token: endpoint,
        keys: { p256dh: keys?.p256dh, auth: keys?.auth },
      });
      return true;
    },
    async unsubscribe() {
      const registration = await navigator.serviceWorker?.getRegistration();
      const subscription = await registration?.pushManager.getSubscription();
      if (!subscription) return;
      await ask("POST", "/v1/devices/forget", { token: subscription.endpoint });
      await subscription.unsubscribe();
    },
  };
}
