import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { codeOf, refusal } from "../shell/refusal.ts";
import { useUndoable } from "./use-undoable.ts";

/** Steps of the queue that say what was done and can be taken back for a moment. */
export function useStepsWithUndo() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const undoable = useUndoable();
  const again = () => queries.invalidateQueries({ queryKey: ["queue"] });

  const later = (stepOf: string, said: string, work: () => Promise<unknown>) => {
    undoable.later(stepOf, () =>
      work()
        .catch((error: Error) =>
          notifications.show({ color: "red", title: t("error.title"), message: refusal(t, codeOf(error)) }),
        )
        .then(again),
    );
    const id = `undo-${stepOf}`;
    notifications.show({
      id,
      autoClose: 6_000,
      withCloseButton: false,
      message: (
        <Group justify="space-between" wrap="nowrap">
          <Text>{said}</Text>
          <Button
            size="md"
            variant="default"
            onClick={() => {
              undoable.undo(stepOf);
              notifications.hide(id);
            }}
          >
            {t("queue.undo")}
          </Button>
        </Group>
      ),
    });
  };
  return { hidden: undoable.hidden, later, again };
}
