import { type RefObject, useEffect, useRef } from "react";

/** Where tabs do not fit, the line of them is scrolled so that the chosen one is seen, with its neighbours. */
export function useShownTab(value: string): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>(`[role="tab"][aria-selected="true"]`);
    if (value === "" || !list.current || !tab) return;
    const { offsetLeft, offsetWidth } = tab;
    list.current.scrollLeft = offsetLeft - list.current.offsetLeft - (list.current.clientWidth - offsetWidth) / 2;
  }, [value]);
  return list;
}
