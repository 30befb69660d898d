import { useTranslation } from "react-i18next";

import { Status } from "../parts/status.tsx";
import type { AdAudienceView } from "./queries.ts";

const LOOKS = { filling: "running", live: "live", paused: "paused", leaving: "cancelled" } as const;

export function AudienceState({ audience }: { readonly audience: AdAudienceView }) {
  const { t } = useTranslation();
  if (audience.account_id === null) return <Status value="draft">{t("audiences.states.files")}</Status>;
  if (audience.last_error !== null) return <Status value="failed">{t("audiences.states.failing")}</Status>;
  return <Status value={LOOKS[audience.state]}>{t(`audiences.states.${audience.state}`)}</Status>;
}
