import { ActionIcon, Box, Button, Group, Input, Popover, TextInput } from "@mantine/core";
import { IconBold, IconItalic, IconLink, IconList } from "@tabler/icons-react";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { chipOf, fromEditor, toEditor } from "./rich-html.ts";
import classes from "./rich-text.module.css";
import { VariableMenu } from "./variable-menu.tsx";

interface RichTextProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (html: string) => void;
}

/** Paragraphs, lists, links, bold and italic, with variables as chips. */
export function RichText({ label, value, onChange }: RichTextProps) {
  const { t } = useTranslation();
  const id = useId();
  const area = useRef<HTMLDivElement>(null);
  const written = useRef<string | null>(null);
  const cursor = useRef<Range | null>(null);
  useEffect(() => {
    // What was typed here is there already; anything else (undo, another language) is drawn anew.
    if (area.current && value !== written.current) area.current.innerHTML = toEditor(value);
    written.current = value;
  }, [value]);
  const report = () => {
    if (!area.current) return;
    const html = fromEditor(area.current);
    written.current = html;
    onChange(html);
  };
  const remember = () => {
    const range = getSelection()?.rangeCount ? getSelection()?.getRangeAt(0) : undefined;
    if (range && area.current?.contains(range.commonAncestorContainer)) cursor.current = range.cloneRange();
  };
  const run = (command: string, argument?: string) => {
    area.current?.focus();
    const selection = getSelection();
    if (cursor.current && selection) {
      selection.removeAllRanges();
      selection.addRange(cursor.current);
    }
    // Deprecated and without a successor: every browser has it, and it keeps the field's own undo.
    document.execCommand(command, false, argument);
    remember();
    report();
  };
  const tool = (name: string, icon: typeof IconBold, command: string) => {
    const Icon = icon;
    return (
      <ActionIcon
        variant="default"
        aria-label={name}
        title={name}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => run(command)}
      >
        <Icon size={16} aria-hidden />
      </ActionIcon>
    );
  };
  return (
    <div>
      <Input.Label id={id}>{label}</Input.Label>
      <Group gap={4} my={4}>
        {tool(t("composer.bold"), IconBold, "bold")}
        {tool(t("composer.italic"), IconItalic, "italic")}
        {tool(t("composer.bullets"), IconList, "insertUnorderedList")}
        <LinkTool onLink={(url) => run("createLink", url)} />
        <VariableMenu onPick={(liquid) => run("insertHTML", `${chipOf(liquid)}\u200b`)} />
      </Group>
      <Box
        ref={area}
        className={classes.area ?? ""}
        role="textbox"
        aria-multiline
        aria-labelledby={id}
        tabIndex={0}
        contentEditable
        suppressContentEditableWarning
        onInput={report}
        onKeyUp={remember}
        onMouseUp={remember}
        onBlur={remember}
        onPaste={(event) => {
          event.preventDefault();
          document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
        }}
      />
    </div>
  );
}

function LinkTool({ onLink }: { readonly onLink: (url: string) => void }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [url, setUrl] = useState("https://");
  const done = () => {
    setOpen(false);
    if (/^(https?:\/\/.|mailto:.|tel:.|\{\{)/.test(url)) onLink(url);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus>
      <Popover.Target>
        <ActionIcon
          variant="default"
          aria-label={t("composer.makeLink")}
          title={t("composer.makeLink")}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setOpen(!isOpen)}
        >
          <IconLink size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Group align="flex-end" gap="xs">
          <TextInput
            label={t("composer.linkAddress")}
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter") done();
            }}
          />
          <Button onClick={done}>{t("composer.makeLink")}</Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
