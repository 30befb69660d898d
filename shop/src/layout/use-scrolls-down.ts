import { useEffect, useState } from "react";

const JITTER_PX = 8;
const TOP_PX = 160;

/** True while the page is read downwards: the header makes room, and comes back with the first move up. */
export function useScrollsDown(): boolean {
  const [isDown, setDown] = useState(false);
  useEffect(() => {
    let last = scrollY;
    const onScroll = () => {
      if (Math.abs(scrollY - last) < JITTER_PX) return;
      setDown(scrollY > last && scrollY > TOP_PX);
      last = scrollY;
    };
    addEventListener("scroll", onScroll, { passive: true });
    return () => removeEventListener("scroll", onScroll);
  }, []);
  return isDown;
}
