import { queryOptions } from "@tanstack/react-query";

import type {
  AccountCheck,
  AdAudienceBody,
  AdAudienceView,
  AdUploadView,
} from "../../../server/src/messages/contracts.ts";
import { get } from "../api/http.ts";

export type { AccountCheck, AdAudienceBody, AdAudienceView, AdUploadView };

export const AUDIENCES = ["ad-audiences"] as const;

export const audienceQuery = (id: string) =>
  queryOptions({ queryKey: [...AUDIENCES, id], queryFn: () => get<AdAudienceView>(`/v1/audiences/${id}`) });
