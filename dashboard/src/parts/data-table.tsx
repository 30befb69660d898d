import { Box, Button, Center, Group, Skeleton, Text, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowsSort, IconArrowUp } from "@tabler/icons-react";
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";

import classes from "./data-table.module.css";
import { ErrorNotice } from "./notices.tsx";
import { useRowKeys } from "./row-keys.ts";

export interface TableColumn<T> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: T) => ReactNode;
  /** Given where sorting on the page makes sense: the list is complete, not one page of many. */
  readonly sortBy?: (row: T) => string | number;
  readonly align?: "right";
  /** Takes the room that is left and cuts its text off rather than push the others out. */
  readonly grow?: true;
  /** Left out on screens narrower than this. */
  readonly from?: "xs" | "sm" | "md" | "lg";
}

/** What `usePages` and `useQuery` have in common, as far as a table cares. */
interface Source {
  readonly isPending: boolean;
  readonly isError: boolean;
  readonly error: unknown;
  readonly isPlaceholderData: boolean;
  refetch(): Promise<unknown>;
  readonly hasNextPage?: boolean;
  readonly isFetchingNextPage?: boolean;
  fetchNextPage?(): Promise<unknown>;
}

interface DataTableProps<T> {
  readonly label: string;
  readonly source: Source;
  readonly rows: readonly T[];
  readonly columns: readonly TableColumn<T>[];
  readonly rowId: (row: T) => string;
  readonly onOpen?: (row: T) => void;
  readonly empty: ReactNode;
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric },
});

/** A list of things: skeleton, error, teaching empty state, sorting where complete, J/K/Enter, "more" by cursor. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { label, source, rows, columns, rowId, onOpen, empty } = props;
  const { t } = useTranslation();
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, T>();
    return columns.map((column) =>
      helper.accessor((row): unknown => column.sortBy?.(row) ?? 0, {
        id: column.id,
        header: column.header,
        enableSorting: column.sortBy !== undefined,
        sortFn: "alphanumeric",
      }),
    );
  }, [columns]);
  const table = useTable({ features, columns: definitions, data: rows as T[], getRowId: rowId });
  const shown = table.getRowModel().rows;
  const active = useRowKeys(shown.length, (index) => {
    const row = shown[index];
    if (row && onOpen) onOpen(row.original);
  });

  if (source.isError && rows.length === 0)
    return <ErrorNotice error={source.error} retry={() => void source.refetch()} />;
  if (source.isPending) return <TableSkeleton />;
  if (rows.length === 0) return <>{empty}</>;

  const byId = new Map(columns.map((column) => [column.id, column]));
  const sortable = !source.hasNextPage;
  return (
    <Box {...(source.isPlaceholderData ? { className: "kilim-stale" } : {})}>
      <Box style={{ overflowX: "auto" }}>
        <table className={classes.table} aria-label={label}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => {
                  const column = byId.get(header.column.id);
                  const order = header.column.getIsSorted();
                  return (
                    <th
                      key={header.id}
                      data-align={column?.align}
                      className={visibleFrom(column?.from)}
                      {...(order ? { "aria-sort": order === "asc" ? "ascending" : "descending" } : {})}
                    >
                      {sortable && header.column.getCanSort() ? (
                        <UnstyledButton onClick={header.column.getToggleSortingHandler()} fw={600} fz="xs" c="dimmed">
                          <Group gap={4} wrap="nowrap" component="span">
                            {column?.header}
                            <SortMark order={order} />
                          </Group>
                        </UnstyledButton>
                      ) : (
                        <Text span fw={600} fz="xs" c="dimmed">
                          {column?.header}
                        </Text>
                      )}
                    </th>
                  );
                })}
              </tr>
            ))}
          </thead>
          <tbody {...(onOpen ? { className: classes.open } : {})}>
            {shown.map((row, index) => (
              <tr
                key={row.id}
                {...(onOpen ? { className: "kilim-row", onClick: () => onOpen(row.original) } : {})}
                {...(active === index ? { "data-active": true, "data-row-active": true } : {})}
              >
                {columns.map((column) => (
                  <td
                    key={column.id}
                    data-align={column.align}
                    data-grow={column.grow}
                    className={visibleFrom(column.from)}
                  >
                    {column.cell(row.original)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Box>
      {source.hasNextPage ? (
        <Center pt="sm">
          <Button
            variant="default"
            size="xs"
            loading={source.isFetchingNextPage ?? false}
            onClick={() => void source.fetchNextPage?.()}
          >
            {t("action.more")}
          </Button>
        </Center>
      ) : null}
    </Box>
  );
}

/** Mantine's own class for what only wider screens show. */
function visibleFrom(width: string | undefined): string | undefined {
  return width && `mantine-visible-from-${width}`;
}

function SortMark({ order }: { readonly order: false | "asc" | "desc" }) {
  if (order === "asc") return <IconArrowUp size={12} aria-hidden />;
  if (order === "desc") return <IconArrowDown size={12} aria-hidden />;
  return <IconArrowsSort size={12} opacity={0.4} aria-hidden />;
}

function TableSkeleton() {
  return (
    <Box className="kilim-late">
      {Array.from({ length: 8 }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: eight equal bars that never move
        <Skeleton key={line} height={20} my={14} />
      ))}
    </Box>
  );
}
