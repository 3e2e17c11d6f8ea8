// @ts-check
/** The portal on a bad day: stands before the real one, passes everything on, and misbehaves where it is told to. */
import { createServer, request } from "node:http";

/** @typedef {import("node:http").IncomingMessage} Question */
/** @typedef {import("node:http").ServerResponse} Answer */
/** @typedef {(question: Question, answer: Answer) => unknown} Behaviour */

/** What lets the extension read an answer, as the portal itself says it. */
const READABLE = { "access-control-allow-origin": "*", "access-control-expose-headers": "ETag, Retry-After, WWW-Authenticate" };

export class DifficultPortal {
  /** @type {Map<string, Behaviour>} */
  #behaviours = new Map();
  #portal = 0;
  /** Methods and paths that were asked for, in order. @type {string[]} */
  asked = [];
  url = "";
  #server = createServer((question, answer) => {
    const path = (question.url ?? "").split("?")[0];
    if (question.method !== "OPTIONS") this.asked.push(`${question.method} ${path}`);
    const behaviour = question.method === "OPTIONS" ? undefined : this.#behaviours.get(path);
    // Whoever asked may be gone before the answer.
    answer.on("error", () => undefined);
    (behaviour ?? this.pass)(question, answer);
  });

  async start() {
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const { port } = /** @type {import("node:net").AddressInfo} */ (this.#server.address());
    this.url = `http://portal.localhost:${port}`;
  }

  /** The port of the real portal. @param {number} port */
  leadTo(port) {
    this.#portal = port;
  }

  stop() {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** From now on, requests for this path are answered so. @param {string} path @param {Behaviour} behaviour */
  misbehave(path, behaviour) {
    this.#behaviours.set(path, behaviour);
  }

  behave() {
    this.#behaviours.clear();
    this.asked = [];
  }

  /** How often a path was asked for since the portal behaved last. @param {string} path */
  times(path) {
    return this.asked.filter((asked) => asked.endsWith(` ${path}`)).length;
  }

  /** @param {Question} question @param {Answer} answer */
  pass = async (question, answer) => {
    const { status, headers, body } = await this.#ask(question);
    answer.writeHead(status, headers).end(body);
  };

  /** The first request is answered one way, the others another. @param {Behaviour} first @param {Behaviour} others @returns {Behaviour} */
  first(first, others = this.pass) {
    let asked = false;
    return (question, answer) => {
      const behaviour = asked ? others : first;
      asked = true;
      return behaviour(question, answer);
    };
  }

  /** As the portal answered the first time. @returns {Behaviour} */
  remembered() {
    /** @type {Promise<{status: number, headers: import("node:http").IncomingHttpHeaders, body: Buffer}> | undefined} */
    let answered;
    return async (question, answer) => {
      const { status, headers, body } = await (answered ??= this.#ask(question));
      answer.writeHead(status, headers).end(body);
    };
  }

  /** As the portal answers, but with another body or other headers. @param {(body: string) => string} change @param {Record<string, string>} [headers] @returns {Behaviour} */
  changed(change, headers = {}) {
    return async (question, answer) => {
      // It would be told that nothing has changed.
      delete question.headers["if-none-match"];
      const answered = await this.#ask(question);
      const body = change(answered.body.toString());
      answer.writeHead(answered.status, { ...answered.headers, "content-length": Buffer.byteLength(body), ...headers }).end(body);
    };
  }

  /** The portal answers at once, but the answer waits until it is let go. @returns {{behaviour: Behaviour, asked: Promise<unknown>, letGo: () => void}} */
  held() {
    let [nowAsked, letGo] = [() => {}, () => {}];
    const asked = new Promise((resolve) => (nowAsked = () => resolve(undefined)));
    const released = new Promise((resolve) => (letGo = () => resolve(undefined)));
    return {
      behaviour: async (question, answer) => {
        const { status, headers, body } = await this.#ask(question);
        nowAsked();
        await released;
        answer.writeHead(status, headers).end(body);
      },
      asked,
      letGo,
    };
  }

  /** @param {Question} question @returns {Promise<{status: number, headers: import("node:http").IncomingHttpHeaders, body: Buffer}>} */
  #ask(question) {
    return new Promise((resolve, reject) => {
      const { method, url, headers } = question;
      // A portal that moves its API has the same one there.
      const path = url?.replace("/api/v2/", "/api/v1/");
      const passed = request({ host: "127.0.0.1", port: this.#portal, method, path, headers }, (answer) => {
        /** @type {Buffer[]} */
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("end", () => {
          const { "transfer-encoding": _, connection: __, ...kept } = answer.headers;
          resolve({ status: answer.statusCode ?? 0, headers: kept, body: Buffer.concat(parts) });
        });
      });
      passed.on("error", reject);
      question.pipe(passed);
    });
  }
}

/** What a network answers that wants to be signed in to first. @param {Question} _ @param {Answer} answer */
export const html = (_, answer) => answer.writeHead(200, { ...READABLE, "content-type": "text/html" }).end("<!doctype html><title>Welcome to the hotel</title>");

/** A whole answer with half a document in it. @param {Question} _ @param {Answer} answer */
export const half = (_, answer) => answer.writeHead(200, { ...READABLE, "content-type": "application/json" }).end('{"id": "7", "fields": {"username": "al');

/** The connection ends in the middle. @param {Question} _ @param {Answer} answer */
export const cutOff = (_, answer) => {
  answer.writeHead(200, { ...READABLE, "content-type": "application/json", "content-length": "4000" });
  answer.write('{"apps": [', () => answer.destroy());
};

/** 50 MB, without saying so beforehand. @param {Question} _ @param {Answer} answer */
export const huge = (_, answer) => {
  answer.writeHead(200, { ...READABLE, "content-type": "application/json" });
  answer.write('{"apps": [');
  const megabyte = Buffer.alloc(1024 * 1024, " ");
  let left = 50;
  const more = () => {
    while (left > 0 && !answer.destroyed) {
      left -= 1;
      if (!answer.write(megabyte)) return void answer.once("drain", more);
    }
    if (!answer.destroyed) answer.end("]}");
  };
  more();
};

/** Nothing, ever. */
export const silence = () => undefined;

/** One byte a second. @param {Question} _ @param {Answer} answer */
export const oneByteASecond = (_, answer) => {
  answer.writeHead(200, { ...READABLE, "content-type": "application/json" });
  const dripping = setInterval(() => answer.write(" "), 1000);
  answer.once("close", () => clearInterval(dripping));
};

/** A status, with a problem document. @param {number} status @param {Record<string, string>} [headers] @returns {Behaviour} */
export const refuses = (status, headers = {}) => (_, answer) =>
  answer.writeHead(status, { ...READABLE, "content-type": "application/problem+json", ...headers }).end(JSON.stringify({ type: "about:blank", status }));

/** Sends everybody elsewhere. @param {string} place @returns {Behaviour} */
export const sendsTo = (place) => (_, answer) => answer.writeHead(302, { ...READABLE, location: place }).end();

/** A list of so many apps, one of them malformed. @param {number} count @param {string} launchUrl @returns {Behaviour} */
export const manyApps = (count, launchUrl) => (_, answer) => {
  const app = (/** @type {unknown} */ _, /** @type {number} */ number) => ({ id: `app-${number}`, name: `Department ${number}`, mode: "linked", launch_url: `${launchUrl}?${number}` });
  const apps = [{ id: "broken", name: 7 }, ...Array.from({ length: count }, app)];
  answer.writeHead(200, { ...READABLE, "content-type": "application/json", etag: `"many-${count}"` }).end(JSON.stringify({ apps }));
};
