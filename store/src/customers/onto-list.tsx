import { ActionIcon } from "@mantine/core";
import { IconCheck, IconPlaylistAdd } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ListSheet } from "./list-sheet.tsx";
import type { LineForList } from "./use-her-lists.ts";

interface OntoListProps {
  readonly customerId: string;
  readonly storeId: string;
  readonly lines: readonly LineForList[];
  readonly onDone?: () => void;
}

/** For another day: onto a list of hers that she and the associate choose. */
export function OntoList({ customerId, storeId, lines, onDone }: OntoListProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [isDone, setDone] = useState(false);
  return (
    <>
      <ActionIcon
        flex="none"
        aria-label={t("customer.ontoList")}
        title={t("customer.ontoList")}
        onClick={() => setOpen(true)}
      >
        {isDone ? <IconCheck /> : <IconPlaylistAdd />}
      </ActionIcon>
      {isOpen && (
        <ListSheet
          customerId={customerId}
          storeId={storeId}
          lines={lines}
          onDone={() => {
            setOpen(false);
            setDone(true);
            onDone?.();
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
