import { Button, Stack } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { ErrorNotice } from "../../parts/notices.tsx";
import { useChangeAudit } from "./queries.ts";

export function StartAudit({ segmentId }: { readonly segmentId?: string | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const change = useChangeAudit(
    ({ id }) => void navigate({ to: "/segments/audits/$id", params: { id }, search: { segment: segmentId } }),
  );
  return (
    <Stack gap="xs" align="flex-start">
      <Button loading={change.isPending} onClick={() => change.mutate({ start: segmentId })}>
        {t(segmentId === undefined ? "audits.startAll" : "audits.startOne")}
      </Button>
      {change.isError ? <ErrorNotice error={change.error} /> : null}
    </Stack>
  );
}
