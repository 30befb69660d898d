import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { suggestQuery } from "../catalog/queries.ts";
import { titleIn } from "../catalog/title-in.ts";
import { useKilim } from "../kilim.tsx";
import styles from "./header.module.css";
import { SearchIcon } from "./icons.tsx";

interface Choice {
  readonly key: string;
  readonly label: string;
  readonly image?: string;
  readonly go: () => void;
}

/** Words, categories and products as somebody types; arrows and Enter choose, Escape closes. */
export function SearchField() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const listId = useId();
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const asked = useDeferredValue(text.trim());
  const found = useQuery({ ...suggestQuery(useKilim(), asked), placeholderData: (before) => before }).data;

  const leave = () => {
    setOpen(false);
    setAt(-1);
  };
  const search = (q: string) => {
    leave();
    setText(q);
    if (q) void navigate({ to: "/search", search: { q } });
  };
  const choices: Choice[] = [
    ...(found?.words ?? []).map((word) => ({ key: `word ${word}`, label: word, go: () => search(word) })),
    ...(found?.categories ?? []).map((category) => ({
      key: category.id,
      label: t("search.inCategory", { category: titleIn(i18n.language, category) }),
      go: () => {
        leave();
        void navigate({ to: "/c/$category", params: { category: category.id } });
      },
    })),
    ...(found?.products ?? []).map((product) => ({
      key: product.id,
      label: titleIn(i18n.language, product),
      image: product.image_url,
      go: () => {
        leave();
        void navigate({ to: "/p/$product", params: { product: product.id } });
      },
    })),
  ];
  const isShown = isOpen && asked.length > 1 && choices.length > 0;
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === "Escape") {
      // The browser empties the field: not as long as the key closes the list.
      if (isShown) event.preventDefault();
      return leave();
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || !isShown) return;
    event.preventDefault();
    setAt((now) => Math.max(-1, Math.min(choices.length - 1, now + step)));
  };
  return (
    <search className={styles.search}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const chosen = isShown ? choices[at] : undefined;
          if (chosen) chosen.go();
          else search(text.trim());
        }}
      >
        <SearchIcon size={20} />
        <input
          type="search"
          role="combobox"
          aria-expanded={isShown}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={isShown && at >= 0 ? `${listId}-${at}` : undefined}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setOpen(true);
            setAt(-1);
          }}
          onFocus={() => setOpen(true)}
          onBlur={leave}
          onKeyDown={onKeyDown}
          placeholder={t("search.placeholder")}
          aria-label={t("search.label")}
          enterKeyHint="search"
        />
      </form>
      <div
        id={listId}
        role="listbox"
        aria-label={t("search.suggestions")}
        className={styles.suggestions}
        hidden={!isShown}
      >
        {choices.map((choice, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field's own keys move and choose (combobox pattern)
          <div
            key={choice.key}
            id={`${listId}-${i}`}
            role="option"
            aria-selected={i === at}
            tabIndex={-1}
            // Before the field loses the focus, which closes the list.
            onMouseDown={(event) => event.preventDefault()}
            onClick={choice.go}
          >
            {choice.image ? (
              <img src={`${choice.image}?w=480`} alt="" width="32" height="32" />
            ) : (
              <SearchIcon size={16} />
            )}
            {choice.label}
          </div>
        ))}
      </div>
    </search>
  );
}
