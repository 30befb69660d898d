import { useEffect, useRef } from "react";

/** What the api says over `/v1/live` after a commit: something about this thing is different now. */
export interface Notice {
  readonly topic: string;
  readonly id: string;
  readonly changed: readonly string[];
}

interface Subscription {
  readonly profiles?: readonly string[];
  readonly topics?: readonly string[];
}

/**
 * Calls `onNotice` for each change on the given profiles and topics while the page is open.
 * The browser connects again by itself; on each later connect `onGap` runs, as notices may have been missed.
 */
export function useLive(subscription: Subscription, onNotice: (notice: Notice) => void, onGap?: () => void): void {
  const profiles = subscription.profiles?.join(",") ?? "";
  const topics = subscription.topics?.join(",") ?? "";
  const handlers = useRef({ onNotice, onGap });
  handlers.current = { onNotice, onGap };

  useEffect(() => {
    if (profiles === "" && topics === "") return;
    const query = new URLSearchParams();
    if (profiles !== "") query.set("profiles", profiles);
    if (topics !== "") query.set("topics", topics);
    const source = new EventSource(`/v1/live?${query.toString()}`, { withCredentials: true });
    let opened = false;
    source.onopen = () => {
      if (opened) handlers.current.onGap?.();
      opened = true;
    };
    const names = [...(profiles === "" ? [] : ["profile"]), ...topics.split(",").filter((name) => name !== "")];
    for (const topic of new Set(names)) {
      source.addEventListener(topic, (event) => handlers.current.onNotice(readNotice(topic, event.data)));
    }
    return () => source.close();
  }, [profiles, topics]);
}

function readNotice(topic: string, data: string): Notice {
  const body = JSON.parse(data) as { id?: string; changed?: string[] };
  return { topic, id: body.id ?? "", changed: body.changed ?? [] };
}
