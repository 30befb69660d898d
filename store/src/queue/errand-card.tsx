import { Badge, Button, Card, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCustomerInFront } from "../customers/customer-context.ts";
import { nameOf } from "../customers/name-of.ts";
import { customerQuery } from "../customers/queries.ts";
import { Failure } from "../shell/failure.tsx";
import { ErrandLine } from "./errand-line.tsx";
import { type Errand, type ErrandStep, stepErrand } from "./errand-queries.ts";

interface ErrandCardProps {
  readonly one: Errand;
  readonly onChanged: () => Promise<unknown>;
  /** Done or given up: the card goes, with a way back. */
  readonly onEnd: (step: "done" | "cancel") => void;
}

export function ErrandCard({ one, onChanged, onEnd }: ErrandCardProps) {
  const { t } = useTranslation();
  const step = useMutation({ mutationFn: (to: ErrandStep) => stepErrand(one.id, to), onSettled: onChanged });
  const move = (to: ErrandStep) => ({ disabled: step.isPending, onClick: () => step.mutate(to) });
  return (
    <Card data-testid="errand">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <Text fw={700} style={{ overflowWrap: "anywhere" }}>
            <Who one={one} />
          </Text>
          <Badge variant="filled" color="gray" autoContrast flex="none">
            {t(`errand.state.${one.state}`)}
          </Badge>
        </Group>
        <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          <Since one={one} />
        </Text>
        {one.note && <Text>{one.note}</Text>}
        {one.items.length === 0 && <Text c="dimmed">{t("errand.empty")}</Text>}
        {one.items.map((item) => (
          <ErrandLine key={item.item_id} errand={one} item={item} onChanged={onChanged} />
        ))}
        {step.isError && <Failure error={step.error} />}
        <Group grow preventGrowOverflow={false}>
          {one.state === "open" && <Button {...move("take")}>{t("errand.take")}</Button>}
          {one.state === "taken" && <Button {...move("ready")}>{t("errand.bring")}</Button>}
          {one.state === "ready" && <Button onClick={() => onEnd("done")}>{t("errand.finish")}</Button>}
          <ToTill one={one} />
          {one.state === "open" ? (
            <Button variant="default" disabled={step.isPending} onClick={() => onEnd("cancel")}>
              {t("errand.giveUp")}
            </Button>
          ) : (
            <Button variant="default" {...move("give-back")}>
              {t("errand.giveBack")}
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  );
}

/** As she wants to be called; else by the name she is known by. */
function Who({ one }: { readonly one: Errand }) {
  const { t } = useTranslation();
  const customer = useQuery({ ...customerQuery(one.profile_id), enabled: one.called === null });
  return one.called ?? (customer.data && nameOf(customer.data)) ?? t("customer.unnamed");
}

function Since({ one }: { readonly one: Errand }) {
  const { t, i18n } = useTranslation();
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: "short", timeStyle: "short" });
  const asked = t("errand.asked", { time: time.format(new Date(one.created_at)) });
  const taken = one.state !== "open" && one.taken_by ? t("errand.takenBy", { who: one.taken_by }) : null;
  return [asked, taken].filter(Boolean).join(" · ");
}

/** She stands in front then, with this list open beside the ticket. */
function ToTill({ one }: { readonly one: Errand }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { setCustomerId } = useCustomerInFront();
  return (
    <Button
      variant="default"
      onClick={() => {
        setCustomerId(one.profile_id);
        void navigate({ to: "/till", search: { list: one.list_id } });
      }}
    >
      {t("errand.toTill")}
    </Button>
  );
}
