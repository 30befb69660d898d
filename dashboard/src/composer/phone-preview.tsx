import { Box, Code, Group, Image, Paper, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { ChannelContent, PreviewView, WrittenOf } from "../../../server/src/messages/contracts.ts";
import { JsonView } from "../parts/json-view.tsx";
import classes from "./phone-preview.module.css";
import { brandQuery } from "./queries.ts";

type Of<C extends ChannelContent["channel"]> = Extract<ChannelContent, { readonly channel: C }>;

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
      return <OnSite content={content} />;
    case "webhook":
      return (
        <Stack gap="xs">
          <Code block>{`${content.method} ${content.url}`}</Code>
          <JsonView value={JSON.parse(content.body)} />
        </Stack>
      );
    case "letter":
      return <Letter content={content} />;
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

/** As the SDK draws it, in the brand's look. */
function OnSite({ content }: { readonly content: Of<"onsite"> }) {
  const kit = useQuery(brandQuery).data?.kit;
  const { colors, fonts, radius } = kit ?? {};
  return (
    <div className={classes.page} data-layout={content.layout}>
      <div
        className={classes.onsite}
        style={{
          background: colors?.surface,
          color: colors?.text,
          borderTopColor: colors?.primary,
          borderRadius: radius,
          fontFamily: fonts?.body,
        }}
      >
        {content.image ? <Image src={content.image} mah={160} fit="contain" alt="" mb="xs" /> : null}
        <Text fw={700} ff={fonts?.heading ?? ""}>
          {content.title}
        </Text>
        <Text size="sm" ff="inherit" className={classes.said ?? ""}>
          {content.body}
        </Text>
        {content.action ? (
          <span
            className={classes.action}
            style={{ background: colors?.primary, color: colors?.on_primary, borderRadius: radius }}
          >
            {content.action.label}
          </span>
        ) : null}
      </div>
    </div>
  );
}

function Letter({ content: { format, heading, body, coupon, footer, look } }: { readonly content: Of<"letter"> }) {
  const isCard = format === "postcard_a6";
  return (
    <Box
      className={classes.paper ?? ""}
      data-format={format}
      style={{ color: look?.text, background: isCard ? look?.background : undefined }}
    >
      {look?.logo ? (
        <img className={classes.logo} src={look.logo} alt={look.name} />
      ) : (
        <Text fw={700} style={{ color: look?.primary }}>
          {look?.name}
        </Text>
      )}
      {look?.sender && !isCard ? (
        <Text size="xs" mt="sm" style={{ color: look.muted }}>
          {look.sender}
        </Text>
      ) : null}
      <Text fw={700} size="lg" mt="md">
        {heading}
      </Text>
      <Text className={classes.said ?? ""} mt="sm">
        {body}
      </Text>
      {coupon ? (
        <Text ff="monospace" mt="md">
          ▦ {coupon.code} {coupon.label}
        </Text>
      ) : null}
      <Text size="xs" mt="md" className={classes.said ?? ""} style={{ color: look?.muted }}>
        {footer}
      </Text>
    </Box>
  );
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
