import { Anchor, type AnchorProps, Button, type ButtonProps } from "@mantine/core";
import { createLink, type LinkComponent } from "@tanstack/react-router";
import type { Ref } from "react";

type TextProps = Omit<AnchorProps, "href"> & { readonly ref?: Ref<HTMLAnchorElement> };
type PushProps = Omit<ButtonProps, "href"> & { readonly ref?: Ref<HTMLAnchorElement> };

const TextAnchor = (props: TextProps) => <Anchor {...props} />;
const PushAnchor = (props: PushProps) => <Button component="a" {...props} />;

/** A link of the router in the look of text. */
export const TextLink: LinkComponent<typeof TextAnchor> = createLink(TextAnchor);
/** A link of the router in the look of a button. */
export const ButtonLink: LinkComponent<typeof PushAnchor> = createLink(PushAnchor);
