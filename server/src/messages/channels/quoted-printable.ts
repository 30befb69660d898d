const HEX = Buffer.from("0123456789ABCDEF");
const [TAB, LF, CR, SPACE, EQUALS, TILDE] = [0x09, 0x0a, 0x0d, 0x20, 0x3d, 0x7e];
/** RFC 2045, 6.7: lines of at most 76, the last of which is for the soft break's `=`. */
const LONGEST = 75;
/** Bytes that stand for themselves; a space or a tab that ends a line is written anew. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) => Number(byte >= SPACE && byte <= TILDE && byte !== EQUALS));
PLAIN[TAB] = 1;

/**
 * Writes UTF-8 texts as quoted-printable, and what is plain already, one behind the other; every line break, however it
 * was written, becomes CRLF. Its room is used again for the next mail: fresh room for each costs more than encoding.
 */
export class QuotedPrintable {
  #out = Buffer.allocUnsafe(256 * 1024);
  #to = 0;
  #column = 0;

  /** ASCII, as it is. */
  raw(text: string): void {
    this.#makeRoom(text.length);
    this.#to += this.#out.write(text, this.#to, "latin1");
  }

  encode(text: string): void {
    const bytes = Buffer.from(text);
    const size = bytes.length;
    // Each byte may become three and each of those lines gets a soft break.
    this.#makeRoom(size * 3 + Math.ceil((size * 3) / (LONGEST - 2)) * 3 + 3);
    this.#column = 0;
    for (let i = 0; i < size; ) {
      i = this.#plain(bytes, i);
      if (i === size) break;
      const byte = bytes[i++] as number;
      if (byte !== CR && byte !== LF) {
        this.#hex(byte);
        continue;
      }
      if (byte === CR && bytes[i] === LF) i++;
      this.#endLine();
      this.#out[this.#to++] = CR;
      this.#out[this.#to++] = LF;
      this.#column = 0;
    }
    this.#endLine();
  }

  /** What has been written since the last time. */
  take(): Buffer {
    const all = Buffer.from(this.#out.subarray(0, this.#to));
    this.#to = 0;
    return all;
  }

  /** Copies from `i` on what stands for itself; gives where that ends. */
  #plain(bytes: Buffer, start: number): number {
    const out = this.#out;
    const size = bytes.length;
    let [i, to, column] = [start, this.#to, this.#column];
    for (; i < size; i++) {
      const byte = bytes[i] as number;
      if (PLAIN[byte] === 0) break;
      if (column === LONGEST) {
        out[to++] = EQUALS;
        out[to++] = CR;
        out[to++] = LF;
        column = 0;
      }
      out[to++] = byte;
      column++;
    }
    this.#to = to;
    this.#column = column;
    return i;
  }

  #hex(byte: number): void {
    const out = this.#out;
    if (this.#column + 3 > LONGEST) {
      out[this.#to++] = EQUALS;
      out[this.#to++] = CR;
      out[this.#to++] = LF;
      this.#column = 0;
    }
    out[this.#to++] = EQUALS;
    out[this.#to++] = HEX[byte >> 4] as number;
    out[this.#to++] = HEX[byte & 15] as number;
    this.#column += 3;
  }

  #endLine(): void {
    const last = this.#out[this.#to - 1] as number;
    if (this.#column === 0 || (last !== SPACE && last !== TAB)) return;
    this.#to--;
    this.#column--;
    this.#hex(last);
  }

  #makeRoom(bytes: number): void {
    if (this.#to + bytes <= this.#out.length) return;
    const larger = Buffer.allocUnsafe((this.#to + bytes) * 2);
    this.#out.copy(larger, 0, 0, this.#to);
    this.#out = larger;
  }
}
