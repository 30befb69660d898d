import { connect, type Socket } from "node:net";

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * One HTTP/1.1 connection that asks one thing at a time: as little work as a client can do, so that the load generator
 * leaves the machine to what is measured. Reads answers with a content-length only, which all of Kilim's JSON has.
 */
export class KeepAlive {
  readonly #socket: Socket;
  readonly #head: string;
  #read = "";
  #answer: { resolve(answer: Answer): void; reject(error: Error): void } | null = null;

  private constructor(socket: Socket, head: string) {
    this.#socket = socket;
    this.#head = head;
    socket.setNoDelay(true);
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => this.#take(text));
    socket.on("close", () => this.#answer?.reject(new Error("the connection was closed")));
    socket.on("error", (error) => this.#answer?.reject(error));
  }

  static async open(url: string, authorization: string): Promise<KeepAlive> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    return new KeepAlive(socket, `host: ${hostname}:${port}\r\nauthorization: ${authorization}\r\n`);
  }

  get(path: string): Promise<Answer> {
    return this.#ask(`GET ${path} HTTP/1.1\r\n${this.#head}\r\n`);
  }

  /** `more`: further headers, each with its line's end. */
  post(path: string, body: string, more = ""): Promise<Answer> {
    const length = Buffer.byteLength(body);
    return this.#ask(
      `POST ${path} HTTP/1.1\r\n${this.#head}${more}content-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`,
    );
  }

  close(): void {
    this.#socket.destroy();
  }

  #ask(request: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#answer = { resolve, reject };
      this.#socket.write(request, "utf8");
    });
  }

  #take(text: string): void {
    this.#read += text;
    const end = this.#read.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.#read.slice(0, end))?.[1] ?? 0);
    if (this.#read.length < end + 4 + length) return;
    const answer = { status: Number(this.#read.slice(9, 12)), body: this.#read.slice(end + 4, end + 4 + length) };
    this.#read = "";
    const waiting = this.#answer;
    this.#answer = null;
    waiting?.resolve(answer);
  }
}
