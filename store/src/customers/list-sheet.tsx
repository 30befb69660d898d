import { Alert, Button, Divider, Modal, Stack } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListSummary } from "../../../server/src/lists/contracts.ts";
import { useReachable } from "../offline/reachable.ts";
import { useReturnFocus } from "../parts/use-return-focus.ts";
import { Failure } from "../shell/failure.tsx";
import { KINDS, NewListForm } from "./new-list-form.tsx";
import { customerListsQuery } from "./queries.ts";
import { type LineForList, type NewList, useHerLists } from "./use-her-lists.ts";

interface ListSheetProps {
  readonly customerId: string;
  readonly storeId: string;
  /** What goes onto the list that is chosen or begun; none: a new one is begun, and is empty. */
  readonly lines: readonly LineForList[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Which of her lists, or a new one. */
export function ListSheet({ customerId, storeId, lines, onDone, onClose }: ListSheetProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const isReachable = useReachable();
  const { make, put, error, isPending } = useHerLists(customerId, storeId);
  const fill = (listId: string) => put.mutate({ listId, lines }, { onSuccess: onDone });
  const begin = (list: NewList) =>
    make.mutate(list, { onSuccess: ({ id }) => (lines.length === 0 ? onDone() : fill(id)) });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(lines.length === 0 ? "customer.newList" : "customer.ontoList")}
      centered
      closeButtonProps={{ size: 48, "aria-label": t("till.close") }}
    >
      <Stack>
        {isReachable ? (
          <>
            {error && <Failure error={error} />}
            {lines.length > 0 && (
              <>
                <Lists customerId={customerId} isPending={isPending} onChoose={fill} onBegin={begin} />
                <Divider label={t("customer.newList")} />
              </>
            )}
            <NewListForm isPending={isPending} onBegin={begin} />
          </>
        ) : (
          <Alert role="status" color="yellow" icon={<IconCloudOff aria-hidden="true" />} title={t("offline.away")}>
            {t("offline.noLists")}
          </Alert>
        )}
      </Stack>
    </Modal>
  );
}

interface ListsProps {
  readonly customerId: string;
  readonly isPending: boolean;
  readonly onChoose: (listId: string) => void;
  readonly onBegin: (list: NewList) => void;
}

/** Hers, and the main one of each kind, also before there is anything on it. */
function Lists({ customerId, isPending, onChoose, onBegin }: ListsProps) {
  const { t } = useTranslation();
  const lists = useQuery(customerListsQuery(customerId));
  const [key] = useState(() => crypto.randomUUID());
  if (lists.isError) return <Failure error={lists.error} retry={lists.refetch} />;
  if (!lists.data) return null;
  const there: readonly ListSummary[] = lists.data.items;
  const missing = KINDS.filter((kind) => !there.some((list) => list.kind === kind && list.name === null));
  return (
    <Stack gap="xs" data-testid="choose-list">
      {there.map(({ id, name, kind }) => (
        <Button key={id} variant="default" disabled={isPending} onClick={() => onChoose(id)}>
          {name ?? t(`customer.list.${kind}`)}
        </Button>
      ))}
      {missing.map((kind) => (
        <Button
          key={kind}
          variant="default"
          disabled={isPending}
          onClick={() => onBegin({ kind, key: `${kind}-${key}` })}
        >
          {t(`customer.list.${kind}`)}
        </Button>
      ))}
    </Stack>
  );
}
