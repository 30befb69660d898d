import { ActionIcon, Code, CopyButton, Group, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

/** A value one wants elsewhere (an id, a key, a command), with a button that copies it. */
export function Copyable({
  value,
  shown,
  block = false,
}: {
  readonly value: string;
  readonly shown?: string;
  readonly block?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Group gap={4} wrap="nowrap" align={block ? "flex-start" : "center"} miw={0}>
      <Code
        block={block}
        flex={block ? 1 : undefined}
        style={block ? { whiteSpace: "pre-wrap", overflowWrap: "anywhere" } : { overflowWrap: "anywhere" }}
      >
        {shown ?? value}
      </Code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t("action.copied") : t("action.copy")}>
            <ActionIcon variant="subtle" color="gray" size="sm" onClick={copy} aria-label={t("action.copy")}>
              {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
