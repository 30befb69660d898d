import { Avatar, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { TextLink } from "./link.tsx";

interface PersonProps {
  readonly id: string;
  readonly name: string | null | undefined;
  readonly detail?: string | null | undefined;
  readonly size?: number;
}

const COLORS = ["kilim", "indigo", "teal", "orange", "grape", "lime", "cyan", "pink"] as const;

export function PersonAvatar({ id, name, size = 28 }: Omit<PersonProps, "detail">) {
  const seed = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  const color = name ? (COLORS[seed % COLORS.length] ?? "gray") : "gray";
  return <Avatar size={size} radius="xl" color={color} alt="" {...(name ? { children: initials(name) } : {})} />;
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? "";
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : "";
  return (first + last).toLocaleUpperCase();
}

/** Somebody's name as a link to the profile; who is not known yet is called a visitor. */
export function Person({ id, name, detail, size = 28 }: PersonProps) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" wrap="nowrap" miw={0}>
      <PersonAvatar id={id} name={name} size={size} />
      <Stack gap={0} miw={0}>
        <TextLink to="/people/$id" params={{ id }} c="var(--mantine-color-text)" fw={550} size="sm" truncate>
          {name || t("people.visitor", { id: id.slice(-6) })}
        </TextLink>
        {detail ? (
          <Text size="xs" c="dimmed" truncate>
            {detail}
          </Text>
        ) : null}
      </Stack>
    </Group>
  );
}
