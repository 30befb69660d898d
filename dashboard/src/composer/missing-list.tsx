import { Alert, Button, Code, Group, List, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { PreviewView } from "../../../server/src/messages/contracts.ts";
import { useMistake } from "../i18n/mistake.ts";

interface MissingListProps {
  readonly preview: PreviewView;
  /** Puts a default behind every place where the variable stands without one. */
  readonly onDefault: (variable: string, text: string) => void;
}

/** What is wrong for this person, and, where a default would mend it, the place to give one. */
export function MissingList({ preview, onDefault }: MissingListProps) {
  const { t } = useTranslation();
  const say = useMistake();
  const { errors, missing, mistakes } = preview;
  if (errors.length === 0) return null;
  const rest = errors.filter((error) => ![...missing, ...mistakes].some(({ message }) => message === error));
  return (
    <Alert color="orange" title={t("messages.problems", { count: errors.length })}>
      <Stack gap="xs">
        {missing.map(({ variable }) => (
          <Missing key={variable} variable={variable} onDefault={onDefault} />
        ))}
        {mistakes.map((mistake) => (
          <Text size="sm" key={mistake.message}>
            {say(mistake)} <Code>{mistake.value ?? mistake.path}</Code>
          </Text>
        ))}
        {rest.length > 0 ? (
          <List size="sm">
            {rest.map((error) => (
              <List.Item key={error}>
                <Code>{error}</Code>
              </List.Item>
            ))}
          </List>
        ) : null}
      </Stack>
    </Alert>
  );
}

function Missing({ variable, onDefault }: { readonly variable: string } & Pick<MissingListProps, "onDefault">) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  return (
    <div>
      <Group gap="xs">
        <Text size="sm">{t("composer.missing")}:</Text>
        <Code>{variable}</Code>
        {text === null ? (
          <Button size="compact-sm" variant="default" onClick={() => setText("")}>
            {t("composer.giveDefault")}
          </Button>
        ) : null}
      </Group>
      {text === null ? null : (
        <Group
          component="form"
          align="flex-end"
          gap="xs"
          onSubmit={(event) => {
            event.preventDefault();
            onDefault(variable, text);
          }}
        >
          <TextInput
            data-autofocus
            autoFocus
            label={t("composer.defaultFor", { variable })}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" size="sm">
            {t("composer.giveDefault")}
          </Button>
        </Group>
      )}
    </div>
  );
}
