import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { useKilim } from "../kilim.tsx";

let lastViewed = "";

/**
 * Names the page, tells of its view and lets the keyboard go on at its beginning, once per address. `undefined` while the
 * name is still on its way: a page view sent before would carry the title of the page before.
 */
export function usePage(title: string | undefined): void {
  const kilim = useKilim();
  const { pathname } = useLocation();
  useEffect(() => {
    if (title === undefined) return;
    document.title = title ? `${title} · Dokuma` : "Dokuma";
    if (pathname === lastViewed) return;
    if (lastViewed !== "") goOnAtMain();
    lastViewed = pathname;
    kilim.page();
  }, [kilim, title, pathname]);
}

/** What she followed is gone, or belongs to every page; what she is writing into stays hers. */
function goOnAtMain(): void {
  if (!(document.activeElement instanceof HTMLInputElement))
    document.getElementById("main")?.focus({ preventScroll: true });
}
