import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { useKilim } from "../kilim.tsx";

let lastViewed = "";

/**
 * Names the page and tells of its view, once per address. `undefined` while the name is still on its way: a page view
 * sent before would carry the title of the page before.
 */
export function usePage(title: string | undefined): void {
  const kilim = useKilim();
  const { pathname } = useLocation();
  useEffect(() => {
    if (title === undefined) return;
    document.title = title ? `${title} · Dokuma` : "Dokuma";
    if (pathname === lastViewed) return;
    lastViewed = pathname;
    kilim.page();
  }, [kilim, title, pathname]);
}
