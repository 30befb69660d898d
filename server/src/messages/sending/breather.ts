/**
 * Lets work that nobody waits for begin one piece at a time, each in a turn of the event loop of its own: what the
 * database and providers have answered meanwhile to somebody who is waited for is heard before the next.
 */
export class Breather {
  readonly #waiting: (() => void)[] = [];
  #isBreathing = false;

  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#isBreathing) return;
      this.#isBreathing = true;
      setImmediate(this.#next);
    });
  }

  readonly #next = (): void => {
    this.#waiting.shift()?.();
    this.#isBreathing = this.#waiting.length > 0;
    if (this.#isBreathing) setImmediate(this.#next);
  };
}
