import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import type { Receipt } from "./queries.ts";

interface EraseDialogProps {
  readonly profileId: string;
  readonly onClose: () => void;
}

/** Says what goes and what stays, asks whether to keep the person out, and is confirmed by a word. */
export function EraseDialog({ profileId, onClose }: EraseDialogProps) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const [suppress, setSuppress] = useState(false);
  const [typed, setTyped] = useState("");
  const word = t("privacy.word");
  const erase = useMutation({
    mutationFn: () => call<Receipt>("DELETE", `/v1/profiles/${profileId}?suppress=${suppress}`),
    onSuccess: ({ id }) => navigate({ to: "/privacy/erasures/$id", params: { id } }),
  });
  const isConfirmed = typed.trim().toLocaleUpperCase(i18n.language) === word;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("privacy.eraseTitle")}
      size="lg"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isConfirmed) erase.mutate();
        }}
      >
        <Stack gap="md">
          <Part title={t("privacy.eraseGoes")} text={t("privacy.eraseGoesText")} />
          <Part title={t("privacy.eraseStays")} text={t("privacy.eraseStaysText")} />
          <Checkbox
            label={t("privacy.suppress")}
            description={t("privacy.suppressText")}
            checked={suppress}
            onChange={(event) => setSuppress(event.currentTarget.checked)}
          />
          <TextInput
            label={t("privacy.confirm", { word })}
            data-autofocus
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {erase.isError ? <ErrorNotice error={erase.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("privacy.cancel")}
            </Button>
            <Button type="submit" color="red" disabled={!isConfirmed} loading={erase.isPending || erase.isSuccess}>
              {t("privacy.eraseNow")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Part({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <Stack gap={2}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="sm">{text}</Text>
    </Stack>
  );
}
