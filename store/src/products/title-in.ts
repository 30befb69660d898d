interface Titled {
  readonly title: string;
  readonly titles?: Readonly<Record<string, string>>;
}

/** The title in the associate's language, English where the catalogue has no other. */
export function titleIn(language: string, thing: Titled): string {
  return thing.titles?.[language] ?? thing.title;
}
