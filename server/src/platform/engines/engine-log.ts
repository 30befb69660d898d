/** What the engines need of a logger; pino's fits. */
export interface EngineLog {
  info(text: string): void;
  warn(text: string): void;
}
