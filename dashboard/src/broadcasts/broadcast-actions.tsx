import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { BROADCASTS, type BroadcastView } from "./queries.ts";

/** What can be done with a broadcast in its state; a cancel is for good and asks for the number of people. */
export function BroadcastActions({ broadcast }: { readonly broadcast: BroadcastView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const act = useMutation({
    mutationFn: (action: "pause" | "resume" | "cancel") =>
      call<BroadcastView>("POST", `/v1/broadcasts/${broadcast.id}/${action}`),
    onSettled: () => client.invalidateQueries({ queryKey: BROADCASTS }),
    onSuccess: () => setAsking(false),
  });
  const remove = useMutation({
    mutationFn: () => call("DELETE", `/v1/broadcasts/${broadcast.id}`),
    async onSuccess() {
      await client.invalidateQueries({ queryKey: BROADCASTS });
      await navigate({ to: "/messages/broadcasts" });
    },
  });
  const { state } = broadcast;
  if (state === "done" || state === "cancelled") return null;
  if (state === "draft") {
    return (
      <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
        {t("broadcasts.removeDraft")}
      </Button>
    );
  }
  return (
    <Group gap="xs">
      {act.isError ? <ErrorNotice error={act.error} /> : null}
      <Button
        variant="default"
        loading={act.isPending && act.variables !== "cancel"}
        onClick={() => act.mutate(state === "paused" ? "resume" : "pause")}
      >
        {t(state === "paused" ? "broadcasts.resume" : "broadcasts.pause")}
      </Button>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t("broadcasts.cancel")}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t("broadcasts.cancelTitle")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        <ConfirmCancel
          broadcast={broadcast}
          isPending={act.isPending}
          onCancel={() => setAsking(false)}
          onConfirm={() => act.mutate("cancel")}
        />
      </Modal>
    </Group>
  );
}

interface ConfirmCancelProps {
  readonly broadcast: BroadcastView;
  readonly isPending: boolean;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}

function ConfirmCancel({ broadcast, isPending, onCancel, onConfirm }: ConfirmCancelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState("");
  const left = broadcast.progress.waiting + broadcast.progress.queued;
  return (
    <Stack gap="md">
      <Text size="sm">{t("broadcasts.cancelText", { count: left, n: format.number(left) })}</Text>
      <TextInput
        label={t("broadcasts.typeNumber", { n: broadcast.progress.audience })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        data-autofocus
      />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel}>
          {t("broadcasts.back")}
        </Button>
        <Button
          color="kilim"
          disabled={typed.trim() !== String(broadcast.progress.audience)}
          loading={isPending}
          onClick={onConfirm}
        >
          {t("broadcasts.cancel")}
        </Button>
      </Group>
    </Stack>
  );
}
