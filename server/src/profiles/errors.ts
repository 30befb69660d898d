import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const profileErrors = {
  profile_not_found: {
    status: 404,
    title: "There is no such profile.",
    remedy: "Address it by its id or by `type:value`, URL-encoded.",
  },
} as const satisfies ErrorCatalogue;

export const refuseProfile = refuser(profileErrors);
