import { queryOptions } from "@tanstack/react-query";

import { get } from "../api/http.ts";
import type { Overview } from "./wire.ts";

export const overviewQuery = (days: string) =>
  queryOptions({
    queryKey: ["overview", days],
    queryFn: () => get<Overview>("/v1/overview", { days }),
  });
