import { Box, Button, Code, Group, Image, Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { ChannelContent, PreviewView, WrittenOf } from "../../../server/src/messages/contracts.ts";
import { JsonView } from "../parts/json-view.tsx";
import classes from "./phone-preview.module.css";

interface PhonePreviewProps {
  readonly preview: PreviewView;
  readonly written: unknown;
}

/** A message of any channel but mail, about as it looks where it arrives. */
export function PhonePreview({ preview, written }: PhonePreviewProps) {
  const { t } = useTranslation();
  const { content } = preview;
  if (content === null) return <Text c="dimmed">{t("composer.nothing")}</Text>;
  return <Arrived content={content} written={written} />;
}

function Arrived({ content, written }: { readonly content: ChannelContent; readonly written: unknown }) {
  switch (content.channel) {
    case "sms":
    case "social":
      return <Bubble>{content.text}</Bubble>;
    case "whatsapp":
      if (content.kind === "text") return <Bubble>{content.text}</Bubble>;
      if (content.kind === "image") return <Bubble image={content.url}>{content.caption ?? ""}</Bubble>;
      return <Bubble>{filledIn((written as WrittenOf<"whatsapp">) ?? null, content.body) || content.name}</Bubble>;
    case "push":
      return (
        <div className={classes.screen}>
          <Paper p="sm" radius="md">
            <Text fw={650} size="sm">
              {content.title}
            </Text>
            <Text size="sm" className={classes.said ?? ""}>
              {content.body}
            </Text>
            {content.image ? <Image src={content.image} mah={160} fit="cover" alt="" mt="xs" /> : null}
            <Group gap="xs" mt={content.actions.length > 0 ? "xs" : 0}>
              {content.actions.map(({ label }) => (
                <Text key={label} size="sm" fw={600}>
                  {label}
                </Text>
              ))}
            </Group>
          </Paper>
        </div>
      );
    case "onsite":
      return (
        <div className={classes.page} data-layout={content.layout}>
          <Paper p="md" radius="md" className={classes.onsite ?? ""}>
            {content.image ? <Image src={content.image} mah={160} fit="contain" alt="" mb="xs" /> : null}
            <Text fw={650}>{content.title}</Text>
            <Text size="sm" className={classes.said ?? ""}>
              {content.body}
            </Text>
            {content.action ? (
              <Button component="span" size="sm" mt="xs">
                {content.action.label}
              </Button>
            ) : null}
          </Paper>
        </div>
      );
    case "webhook":
      return (
        <Stack gap="xs">
          <Code block>{`${content.method} ${content.url}`}</Code>
          <JsonView value={JSON.parse(content.body)} />
        </Stack>
      );
    case "letter":
      return (
        <Box className={classes.paper ?? ""} data-format={content.format}>
          <Text fw={700} size="lg">
            {content.heading}
          </Text>
          <Text className={classes.said ?? ""} mt="sm">
            {content.body}
          </Text>
          {content.coupon ? (
            <Text ff="monospace" mt="md">
              ▦ {content.coupon.code} {content.coupon.label}
            </Text>
          ) : null}
          <Text size="xs" mt="md" className={classes.said ?? ""}>
            {content.footer}
          </Text>
        </Box>
      );
    case "call":
      return (
        <Stack gap="xs">
          <Text fw={650}>{content.reason}</Text>
          <Text className={classes.said ?? ""}>{content.script}</Text>
        </Stack>
      );
    default:
      return null;
  }
}

function Bubble({ children, image }: { readonly children: string; readonly image?: string }) {
  return (
    <div className={classes.screen}>
      <Paper p="sm" radius="lg" maw="85%">
        {image ? <Image src={image} mah={200} fit="cover" alt="" mb="xs" /> : null}
        <Text size="sm" className={classes.said ?? ""}>
          {children}
        </Text>
      </Paper>
    </div>
  );
}

/** The approved text with its values in their places. */
function filledIn(written: WrittenOf<"whatsapp"> | null, values: readonly string[]): string {
  if (written?.kind !== "template") return "";
  return written.shown.replace(/\{\{(\d+)\}\}/g, (hole, place: string) => values[Number(place) - 1] ?? hole);
}
