import { Autocomplete, Button, Group, Modal, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { standardQuery } from "./queries.ts";

/** Begins the plan of an event that has not been seen yet. */
export function NewPlan({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const standard = useQuery({ ...standardQuery, enabled: opened });
  const [name, setName] = useState("");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("plan.create")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") void navigate({ to: "/events/plan/$name", params: { name: name.trim() } });
        }}
      >
        <Stack>
          <Autocomplete
            label={t("events.name")}
            description={t("plan.createText")}
            data={[...(standard.data?.names ?? [])]}
            maxLength={250}
            value={name}
            onChange={setName}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button type="submit" disabled={name.trim() === ""}>
              {t("plan.open")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
