/** Why something was refused, in the words of whoever stands there: the server's own are for whoever writes programs. */
export function refusal(t: (key: string, options: { defaultValue?: string; code?: string }) => string, code: string) {
  return t(`refused.${code}`, { defaultValue: t("error.other", { code }) });
}

/** The code of a refusal; of anything else that went wrong, its name. */
export function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
