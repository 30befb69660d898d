import type { ReactNode } from "react";
import { addressOf, go, type Place } from "./place.ts";

interface GoLinkProps {
  readonly to: Place;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A link inside the kiosk. */
export function GoLink({ to, className, children }: GoLinkProps) {
  return (
    <a
      href={addressOf(to)}
      className={className}
      onClick={(event) => {
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
