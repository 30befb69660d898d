import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Page } from "../parts/page.tsx";
import { BroadcastEditor } from "./broadcast-editor.tsx";
import { EMPTY } from "./draft.ts";

export function NewBroadcastPage() {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(EMPTY);
  return (
    <Page title={t("broadcasts.create")} subtitle={t("broadcasts.subtitle")}>
      <BroadcastEditor id={null} draft={draft} onChange={setDraft} />
    </Page>
  );
}
