import { Modal } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { EditEndpoint } from "./edit-endpoint.tsx";
import { EnableEndpoint } from "./enable-endpoint.tsx";
import type { EndpointView } from "./queries.ts";
import { RemoveEndpoint } from "./remove-endpoint.tsx";
import { ReplayPeriod } from "./replay-period.tsx";
import { RotateSecret } from "./rotate-secret.tsx";

export interface DialogProps {
  readonly endpoint: EndpointView;
  readonly onClose: () => void;
}

const DIALOGS = {
  edit: EditEndpoint,
  enable: EnableEndpoint,
  rotate: RotateSecret,
  replay: ReplayPeriod,
  remove: RemoveEndpoint,
} as const;

const route = getRouteApi("/settings/webhooks/$id");

/** The dialog that the address names. */
export function WebhookDialogs({ endpoint }: { readonly endpoint: EndpointView }) {
  const { t } = useTranslation();
  const { action } = route.useSearch();
  const navigate = route.useNavigate();
  const close = () => void navigate({ search: (now) => ({ ...now, action: undefined }) });
  if (action === undefined) return null;
  const Dialog = DIALOGS[action];
  return (
    <Modal
      opened
      onClose={close}
      title={t(`webhooks.dialog.${action}`)}
      size="lg"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Dialog endpoint={endpoint} onClose={close} />
    </Modal>
  );
}
