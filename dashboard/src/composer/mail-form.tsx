import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { WrittenOf } from "../../../server/src/messages/contracts.ts";
import { CodeArea } from "../messages/code-area.tsx";
import { STARTER_BODY } from "../messages/starter-body.ts";
import { BlockList } from "./block-list.tsx";
import { LiquidInput } from "./liquid-input.tsx";

type Mail = WrittenOf<"email">;

interface MailFormProps {
  readonly value: Mail;
  readonly onChange: (mail: Mail) => void;
}

/** A mail as blocks, or as MJML for those who want it. */
export function MailForm({ value, onChange }: MailFormProps) {
  const { t } = useTranslation();
  const { subject, preheader, blocks, body } = value;
  const head = { subject, ...(preheader ? { preheader } : {}) };
  return (
    <Stack gap="sm">
      <LiquidInput
        label={t("messages.subject")}
        value={subject}
        onChange={(next) => onChange({ ...value, subject: next })}
      />
      <LiquidInput
        label={t("composer.preheader")}
        description={t("composer.preheaderHint")}
        value={preheader ?? ""}
        onChange={(next) => onChange({ ...value, preheader: next || undefined })}
      />
      {blocks ? (
        <>
          <BlockList blocks={blocks} onChange={(next) => onChange({ ...value, blocks: next })} />
          <Group gap="xs">
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              onClick={() => {
                if (blocks.length === 0 || window.confirm(t("composer.toCodeText")))
                  onChange({ ...head, body: STARTER_BODY });
              }}
            >
              {t("composer.toCode")}
            </Button>
          </Group>
        </>
      ) : (
        <>
          <CodeArea
            label={t("composer.mjml")}
            value={body ?? ""}
            onChange={(next) => onChange({ ...value, body: next })}
          />
          <Text size="xs" c="dimmed">
            {t("composer.codeMode")}
          </Text>
        </>
      )}
    </Stack>
  );
}
