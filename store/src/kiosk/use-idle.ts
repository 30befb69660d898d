import { useEffect, useState } from "react";
import { startOver } from "./leave-nothing.ts";

/** As long as somebody may look at a product without touching the screen. */
const QUIET_MS = 60_000;
/** Then she is asked, and has so long to say that she is still there. */
export const ANSWER_S = 15;

const SIGNS = ["pointerdown", "keydown", "wheel", "touchmove"] as const;

/**
 * Starts over when nobody has touched the screen for a while. Null while somebody is there (or nobody ever was, since
 * the page began); else the seconds that are left to say so.
 */
export function useIdle(): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    let quiet: ReturnType<typeof setTimeout> | undefined;
    let counting: ReturnType<typeof setInterval> | undefined;
    const count = () => {
      setLeft(ANSWER_S);
      let seconds = ANSWER_S;
      counting = setInterval(() => {
        seconds -= 1;
        if (seconds > 0) setLeft(seconds);
        else startOver();
      }, 1_000);
    };
    const touched = () => {
      clearTimeout(quiet);
      clearInterval(counting);
      setLeft(null);
      quiet = setTimeout(count, QUIET_MS);
    };
    for (const sign of SIGNS) window.addEventListener(sign, touched, { capture: true, passive: true });
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, touched, { capture: true });
      clearTimeout(quiet);
      clearInterval(counting);
    };
  }, []);
  return left;
}
