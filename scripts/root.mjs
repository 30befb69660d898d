import { fileURLToPath } from "node:url";

/** The repository's folder, without a closing slash. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
