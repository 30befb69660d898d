import { Alert, Anchor, List, Text } from "@mantine/core";
import { IconCheck, IconTools } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useDescribeNode } from "./describe-node.ts";
import { ENTRY, nodeAt } from "./graph-edit.ts";
import type { Mistake } from "./use-mistakes.ts";
import type { JourneyGraph } from "./wire.ts";

interface MistakesProps {
  readonly mistakes: readonly Mistake[] | undefined;
  readonly graph: JourneyGraph;
  readonly onSelect: (id: string) => void;
}

/** What still stands between the draft and its publishing; each leads to its step. */
export function Mistakes({ mistakes, graph, onSelect }: MistakesProps) {
  const { t } = useTranslation();
  const describe = useDescribeNode();
  if (mistakes === undefined) return null;
  if (mistakes.length === 0)
    return (
      <Text size="sm" c="dimmed">
        <IconCheck size={14} aria-hidden /> {t("canvas.checked")}
      </Text>
    );
  return (
    <Alert color="orange" icon={<IconTools aria-hidden />} title={t("canvas.mistakes")}>
      <List size="sm" spacing={4}>
        {mistakes.map(({ path, message, node }) => {
          const step = nodeAt(graph, node);
          return (
            <List.Item key={`${path}:${message}`}>
              <Anchor
                component="button"
                type="button"
                size="sm"
                c="inherit"
                underline="always"
                onClick={() => onSelect(node)}
              >
                {node === ENTRY || !step ? t("node.kind.entry") : describe(step)}
              </Anchor>
              : {message}
            </List.Item>
          );
        })}
      </List>
    </Alert>
  );
}
