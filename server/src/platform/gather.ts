export interface GatherOptions {
  /** So many are answered together. */
  readonly most: number;
  /** So many gatherings are under way at the same time; who asks meanwhile waits for the next one. */
  readonly atOnce: number;
  /** A gathering begins at the earliest so long after the one before it: who asks in between comes along. */
  readonly apartMs?: number;
}

interface Waiting<Asked, Answer> {
  readonly asked: Asked;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Answers together what is asked at the same time. A lone request goes on at once; a crowd pays for the locks, the commit
 * and the round trips once. Nothing is kept: each answer was read or written after it was asked for.
 */
export class Gather<Asked, Answer> {
  readonly #answer: (asked: readonly Asked[]) => Promise<readonly Answer[]>;
  readonly #options: GatherOptions;
  #waiting: Waiting<Asked, Answer>[] = [];
  #working = 0;
  #isDue = false;
  #began = Number.NEGATIVE_INFINITY;

  /** `answer` gives one answer for each that is asked, in their order. */
  constructor(answer: (asked: readonly Asked[]) => Promise<readonly Answer[]>, options: GatherOptions) {
    this.#answer = answer;
    this.#options = options;
  }

  ask(asked: Asked): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ asked, resolve, reject });
      this.#soon();
    });
  }

  /** At the end of this turn of the event loop, unless the last one began just now: whatever else arrived comes along. */
  #soon(): void {
    if (this.#isDue || this.#working >= this.#options.atOnce || this.#waiting.length === 0) return;
    this.#isDue = true;
    const begin = () => {
      this.#isDue = false;
      void this.#work();
    };
    const rest = this.#began + (this.#options.apartMs ?? 0) - performance.now();
    if (rest > 0) setTimeout(begin, rest);
    else setImmediate(begin);
  }

  async #work(): Promise<void> {
    this.#working += 1;
    this.#began = performance.now();
    const together = this.#waiting.splice(0, this.#options.most);
    this.#soon();
    await this.#answerAll(together);
    this.#working -= 1;
    this.#soon();
  }

  async #answerAll(together: readonly Waiting<Asked, Answer>[]): Promise<void> {
    try {
      const answers = await this.#answer(together.map(({ asked }) => asked));
      for (const [i, { resolve }] of together.entries()) resolve(answers[i] as Answer);
    } catch (error) {
      const [only] = together;
      // What one of them broke must not break the others.
      if (together.length > 1) for (const one of together) await this.#answerAll([one]);
      else only?.reject(error);
    }
  }
}
