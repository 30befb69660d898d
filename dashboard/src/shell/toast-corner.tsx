import { lazy, Suspense, useEffect, useState } from "react";

import { whenFirstAnnounced } from "./announce.ts";

const Toasts = lazy(() => import("./toasts.tsx"));

export function ToastCorner() {
  const [isWanted, setWanted] = useState(false);
  useEffect(() => whenFirstAnnounced(() => setWanted(true)), []);
  return isWanted ? (
    <Suspense>
      <Toasts />
    </Suspense>
  ) : null;
}
