export interface Cleaned {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

/** The file is not what it says it is: the same kind of error as reading past its end. */
export function broken(why: string): RangeError {
  return new RangeError(`broken picture: ${why}`);
}
