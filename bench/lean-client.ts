// Asks over HTTP by what costs the asking side least, as the driver of the bare SQL does: one connection that stays,
// one question at a time. Node's own clients take as long over an answer as the server takes to write it.
import { connect } from "node:net";

interface Question {
  path: string;
  token: string;
  body?: object | undefined;
}

const HEAD_ENDS = "\r\n\r\n";

/** A connection to a server on this machine, whose answers are JSON of a length that they say. */
export class LeanClient {
  readonly #socket;
  readonly #host: string;
  #chunks: Buffer[] = [];
  #length = 0;
  /** Of the whole answer; 0 until its head is there. */
  #expected = 0;
  #bodyAt = 0;
  #answered: { resolve(answer: unknown): void; reject(error: Error): void } | undefined;

  constructor(url: string) {
    const { hostname, port, host } = new URL(url);
    this.#host = host;
    this.#socket = connect(Number(port), hostname).setNoDelay();
    this.#socket.on("data", (chunk) => this.#receive(chunk));
    this.#socket.on("error", (error) => this.#answered?.reject(error));
  }

  /** @throws when the answer is no 200 */
  ask({ path, token, body }: Question): Promise<unknown> {
    const text = body && JSON.stringify(body);
    const of = text && `content-type: application/json\r\ncontent-length: ${text.length}\r\n`;
    this.#socket.write(
      `${text ? "POST" : "GET"} ${path} HTTP/1.1\r\nhost: ${this.#host}\r\napi_access_token: ${token}\r\n${of ?? ""}\r\n${text ?? ""}`,
    );
    return new Promise((resolve, reject) => (this.#answered = { resolve, reject }));
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#expected === 0) this.#readHead();
    if (this.#expected === 0 || this.#length < this.#expected) return;
    const whole = Buffer.concat(this.#chunks);
    const head = whole.toString("latin1", 0, this.#bodyAt);
    const answered = this.#answered;
    this.#chunks = [];
    this.#length = this.#expected = 0;
    if (head.startsWith("HTTP/1.1 200 ")) {
      answered?.resolve(JSON.parse(whole.toString("utf8", this.#bodyAt)));
    } else answered?.reject(new Error(whole.toString()));
  }

  #readHead(): void {
    const begin = Buffer.concat(this.#chunks);
    const ends = begin.indexOf(HEAD_ENDS);
    if (ends < 0) return;
    const length = /content-length: (\d+)/i.exec(begin.toString("latin1", 0, ends));
    this.#bodyAt = ends + HEAD_ENDS.length;
    this.#expected = this.#bodyAt + Number(length?.[1]);
  }
}
