// @ts-check
// The Marionette protocol: how Firefox is told what to do. It knows nothing of extensions or tests.
import { readFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { join } from "node:path";
import { until, within } from "./until.mjs";

const COMMAND = 0;

/** A connection to one Firefox, in its privileged ("chrome") context. */
export class Marionette {
  /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void, command: string}>} */
  #waiting = new Map();
  #lastId = 0;
  #received = Buffer.alloc(0);
  #greeted = () => {};

  /** @param {import('node:net').Socket} socket */
  constructor(socket) {
    this.socket = socket;
    this.greeting = new Promise((resolve) => (this.#greeted = () => resolve(undefined)));
    socket.on("data", (chunk) => this.#receive(chunk));
    socket.on("error", () => {}); // 'close' follows and fails whatever still waits.
    socket.on("close", () => {
      for (const { reject, command } of this.#waiting.values())
        reject(new Error(`Firefox went away during ${command}.`));
      this.#waiting.clear();
    });
  }

  /**
   * Connects to the Firefox that was started with `-marionette` on this profile.
   *
   * @param {string} profile
   * @param {() => string} output what Firefox printed, for the error.
   */
  static async connect(profile, output) {
    const port = await until(
      async () => Number(await readFile(join(profile, "MarionetteActivePort"), "utf8")),
      "Firefox opens its Marionette port",
      { ms: 60_000, instead: output },
    );
    const marionette = new Marionette(createConnection(port, "127.0.0.1"));
    await within(marionette.greeting, 30_000, "Firefox greets on its Marionette port");
    await marionette.send("WebDriver:NewSession", { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } });
    await marionette.send("WebDriver:SetTimeouts", { script: 30_000, pageLoad: 30_000, implicit: 0 });
    await marionette.send("Marionette:SetContext", { value: "chrome" });
    return marionette;
  }

  /** @param {string} command @param {object} [parameters] @returns {Promise<any>} */
  send(command, parameters = {}) {
    const id = ++this.#lastId;
    const text = JSON.stringify([COMMAND, id, command, parameters]);
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) return reject(new Error(`Firefox is gone, so it can't do ${command}.`));
      this.#waiting.set(id, { resolve, reject, command });
      this.socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  }

  /**
   * Runs `fn` in the browser itself, with all its privileges; `window` is the first browser window.
   *
   * @template {unknown[]} A
   * @template R
   * @param {(...args: A) => R} fn
   * @param {A} args
   * @returns {Promise<Awaited<R>>}
   */
  async chrome(fn, ...args) {
    const script = `const [args, done] = arguments;
      Promise.resolve()
        .then(() => (${fn})(...args))
        .then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value } = await this.send("WebDriver:ExecuteAsyncScript", { script, args: [args], newSandbox: true });
    if ("error" in value) throw new Error(value.error);
    return value.value;
  }

  close() {
    this.socket.destroy();
  }

  /** Messages are `LENGTH:JSON`. @param {Buffer} chunk */
  #receive(chunk) {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const colon = this.#received.indexOf(":");
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#received.subarray(0, colon));
      if (this.#received.length < end) return;
      const message = JSON.parse(this.#received.subarray(colon + 1, end).toString());
      this.#received = this.#received.subarray(end);
      this.#answer(message);
    }
  }

  /** @param {any} message */
  #answer(message) {
    if (!Array.isArray(message)) return this.#greeted();
    const [, id, error, result] = message;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(`${waiting.command}: ${error.message || error.error}`));
    else waiting?.resolve(result);
  }
}
