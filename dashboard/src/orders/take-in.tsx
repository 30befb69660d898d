import { Alert, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ReturnBody } from "../../../server/src/orders/contracts.ts";
import { call, Problem } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { locationsQuery, STOCK } from "../stock/queries.ts";
import type { AnnouncedReturn, Order, Returnable, ReturnedOrder } from "./queries.ts";
import { CONDITIONS, type Counted, isLate, NONE, piecesOf, startingFrom } from "./taken.ts";
import { TakenLine } from "./taken-line.tsx";

interface TakeInProps {
  readonly order: Order;
  /** What may still come back. */
  readonly left: Returnable["items"];
  /** The announcement that has arrived: what is counted begins with what it says. */
  readonly announced?: AnnouncedReturn;
  readonly onClose: () => void;
}

/** A parcel has come: what is in it, in which condition, and where it lies now. The money goes back with it. */
export function TakeIn({ order, left, announced, onClose }: TakeInProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const locations = useQuery(locationsQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const [counted, setCounted] = useState(() => startingFrom(announced));
  const [override, setOverride] = useState("");
  // Told again after a lost answer it is one return; another count is another one.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const changed = () => setKey(crypto.randomUUID());
  const at = (position: number): Counted => counted.get(position) ?? NONE;
  const sentFrom = order.fulfilments.find(({ kind }) => kind === "delivery")?.location_id;
  const place = chosen ?? sentFrom ?? null;
  const lines = left.flatMap(({ position }) =>
    CONDITIONS.flatMap((condition) => {
      const quantity = at(position)[condition];
      return quantity > 0 ? [{ position, quantity, condition }] : [];
    }),
  );
  const needsReason = left.some((line) => isLate(line, at(line.position), announced));
  const isTooMany = left.some(({ position, quantity }) => piecesOf(at(position)) > quantity);
  const take = useMutation({
    mutationFn: (body: ReturnBody) =>
      call<ReturnedOrder>("POST", `/v1/orders/${order.id}/returns`, body, undefined, { "idempotency-key": key }),
    onSuccess({ number, refund }) {
      onClose();
      announce(t("orderReturns.done", { number, amount: format.money(refund) }));
    },
    // What was refused is asked anew next time; after a lost answer or a failure it stays the same return.
    onError(error) {
      if (error instanceof Problem && error.status >= 400 && error.status < 500) changed();
    },
    onSettled: () =>
      Promise.all([["orders"], STOCK].map((queryKey) => client.invalidateQueries({ queryKey: [...queryKey] }))),
  });
  if (left.length === 0) return <Text size="sm">{t("orderReturns.nothingLeft")}</Text>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        take.mutate({
          channel: "post",
          location_id: place ?? undefined,
          lines,
          ...(announced ? { announced_id: announced.id } : {}),
          ...(needsReason ? { override: override.trim() } : {}),
        });
      }}
    >
      <Stack>
        <Select
          label={t("orderReturns.place")}
          required
          allowDeselect={false}
          data={(locations.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={place}
          onChange={(next) => {
            setChosen(next);
            changed();
          }}
        />
        {left.map((line) => (
          <TakenLine
            key={line.position}
            order={order}
            line={line}
            counted={at(line.position)}
            onChange={(next) => {
              setCounted(new Map(counted).set(line.position, next));
              changed();
            }}
          />
        ))}
        {needsReason ? (
          <TextInput
            label={t("orderReturns.override")}
            description={t("orderReturns.overrideText")}
            required
            maxLength={200}
            value={override}
            onChange={(event) => {
              setOverride(event.currentTarget.value);
              changed();
            }}
          />
        ) : null}
        {take.isError ? <Failed error={take.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.close")}
          </Button>
          <Button
            type="submit"
            loading={take.isPending}
            disabled={!place || lines.length === 0 || isTooMany || (needsReason && override.trim() === "")}
          >
            {t("orderReturns.takeNow")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Somebody else was faster, or its buyer has thought again. */
export function Refused({ code }: { readonly code: "return_not_awaited" | "not_returnable" }) {
  const { t } = useTranslation();
  return (
    <Alert color="kilim" variant="light" role="alert">
      {t(`orderReturns.refused.${code}`)}
    </Alert>
  );
}

function Failed({ error }: { readonly error: unknown }) {
  const code = error instanceof Problem ? error.code : undefined;
  return code === "return_not_awaited" || code === "not_returnable" ? (
    <Refused code={code} />
  ) : (
    <ErrorNotice error={error} />
  );
}
