import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { propertiesQuery, vocabularyQuery } from "../../queries.ts";
import { sayName } from "../../sentences/say-values.ts";
import { useBuilder } from "../context.ts";
import { PickList } from "../pick-list.tsx";

interface NameFormProps {
  readonly name: string;
  readonly onPick: (name: string) => void;
}

/** A property of an event: what its newest carried is offered, others may be typed. */
export function PropertyForm({
  event,
  name,
  onPick,
  onlyNumbers,
}: NameFormProps & { readonly event: string; readonly onlyNumbers?: boolean }) {
  const { t } = useTranslation();
  const { speaker } = useBuilder();
  const properties = useQuery(propertiesQuery(event));
  const choices = (properties.data?.items ?? [])
    .filter(({ type }) => !onlyNumbers || type === "number")
    .map((property) => ({
      key: property.name,
      label: sayName(property.name, speaker),
      note: property.name,
      count: property.count,
    }));
  return (
    <PickList
      label={t("builder.property")}
      choices={choices}
      chosen={name}
      onPick={({ key }) => onPick(key)}
      onTyped={onPick}
    />
  );
}

export function TraitForm({ name, onPick }: NameFormProps) {
  const { t } = useTranslation();
  const { speaker } = useBuilder();
  const vocabulary = useQuery(vocabularyQuery);
  const choices = (vocabulary.data?.traits ?? []).map((trait) => ({
    key: trait.name,
    label: sayName(trait.name, speaker),
    note: trait.name,
    count: trait.count,
  }));
  return (
    <PickList
      label={t("builder.trait")}
      choices={choices}
      chosen={name}
      onPick={({ key }) => onPick(key)}
      onTyped={onPick}
    />
  );
}

export function ComputedForm({ name, onPick }: NameFormProps) {
  const { t } = useTranslation();
  const { speaker } = useBuilder();
  const vocabulary = useQuery(vocabularyQuery);
  const choices = (vocabulary.data?.computed ?? []).map((key) => ({ key, label: sayName(key, speaker) }));
  return <PickList label={t("builder.computed")} choices={choices} chosen={name} onPick={({ key }) => onPick(key)} />;
}
