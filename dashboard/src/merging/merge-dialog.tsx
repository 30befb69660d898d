import { Button, Group, Modal, Radio, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { MergeAnswer } from "../../../server/src/merging/contracts.ts";
import { call } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { PersonPicker } from "../profiles/person-picker.tsx";
import { profileQuery } from "../profiles/queries.ts";
import type { ProfileView } from "../profiles/wire.ts";
import { announce } from "../shell/announce.ts";
import { PersonSummary } from "./person-summary.tsx";
import { useSeparate } from "./use-separate.ts";

interface MergeDialogProps {
  readonly profile: ProfileView;
  /** Who is to be compared, from the address. */
  readonly other: string | undefined;
  readonly onChoose: (id: string | undefined) => void;
  readonly onClose: () => void;
}

/** Find the other one, look at both side by side, say who lives on and why. */
export function MergeDialog({ profile, other, onChoose, onClose }: MergeDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const found = useQuery({ ...profileQuery(other ?? ""), enabled: other !== undefined });
  const [survivor, setSurvivor] = useState(profile.id);
  const [reason, setReason] = useState("");
  const separate = useSeparate();
  const isSame = found.data?.id === profile.id;
  const vanishing = survivor === profile.id ? found.data?.id : profile.id;
  const merge = useMutation({
    mutationFn: () =>
      call<MergeAnswer>("POST", "/v1/profiles/merge", { into: survivor, from: vanishing, reason: reason.trim() }),
    onSuccess: async (answer) => {
      onClose();
      const told = answer.unusual.map(({ rule, type }) => t(`merging.unusual.${rule}`, { type: type ?? "" }));
      announce([t("merging.merged"), ...told].join(" "), {
        label: t("merging.undo"),
        run: () => separate.mutate({ profile: answer.profile_id, from: answer.from }),
      });
      await client.invalidateQueries({ queryKey: ["profile"] });
    },
  });
  const isReady = found.data !== undefined && !isSame && reason.trim() !== "";
  return (
    <Modal opened onClose={onClose} title={t("merging.title")} size="xl">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) merge.mutate();
        }}
      >
        <Stack gap="md">
          <PersonPicker label={t("merging.other")} value={other} onChange={onChoose} />
          {isSame ? <Text size="sm">{t("merging.same")}</Text> : null}
          {other === undefined ? (
            <Text size="sm" c="dimmed">
              {t("merging.hint")}
            </Text>
          ) : (
            <QueryView query={found} height={220}>
              {(them) =>
                isSame ? null : (
                  <Radio.Group label={t("merging.survivor")} value={survivor} onChange={setSurvivor}>
                    <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs">
                      {[profile, them].map((one) => (
                        <PersonSummary key={one.id} profile={one} other={one === profile ? them : profile} />
                      ))}
                    </SimpleGrid>
                  </Radio.Group>
                )
              }
            </QueryView>
          )}
          <TextInput
            label={t("merging.reason")}
            description={t("merging.reasonText")}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Text size="sm" c="dimmed">
            {t("merging.what")}
          </Text>
          {merge.isError ? <ErrorNotice error={merge.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("merging.cancel")}
            </Button>
            <Button type="submit" disabled={!isReady} loading={merge.isPending}>
              {t("merging.now")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
