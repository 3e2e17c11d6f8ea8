// @ts-check
// Chromium's consoles: pages are listened to all the time, the worker only when it is looked at (see `readWorkerLines`).
import { createInterface } from "node:readline";
import { ConsoleLog as Log } from "./console-log.mjs";

/** @typedef {import('puppeteer-core').CDPSession} CDPSession */
/** @typedef {import('puppeteer-core').Protocol.Runtime.RemoteObject} RemoteObject */

/** A log that also reads what the worker prints from the browser's own output. */
export class ConsoleLog extends Log {
  /**
   * The browser's output tells the text of every console message but not its level; an uncaught exception is
   * recognizable all the same. Levels are added by `listenToSession` whenever the worker is attached to.
   *
   * @param {import('node:stream').Readable | null | undefined} stream
   * @param {string} id of the extension.
   */
  readWorkerLines(stream, id) {
    if (!stream) return;
    createInterface({ input: stream }).on("line", (line) => {
      const [, text, source] = line.match(/CONSOLE[:(]\d+\)?\] "(.*)", source: (.*) \(\d+\)$/) ?? [];
      if (text === undefined || (source && !source.includes(id))) return;
      this.add({ level: text.startsWith("Uncaught ") ? "error" : "log", text, source });
    });
  }

  /** @param {import('puppeteer-core').Browser} browser */
  listenToPages(browser) {
    const heard = new WeakSet();
    const listen = async (/** @type {import('puppeteer-core').Target} */ target) => {
      // The popup is born as something else and becomes a page when it gets its address.
      if (heard.has(target) || target.type() !== "page") return;
      heard.add(target);
      const session = await target.createCDPSession().catch(() => undefined); // It may be gone already.
      if (session) await listenToSession(session, this, () => target.url()).catch(() => {});
    };
    browser.on("targetcreated", listen);
    browser.on("targetchanged", listen);
    browser.targets().forEach(listen);
  }
}

/**
 * Puts what is printed from now on, and what was printed before, into the log.
 *
 * @param {CDPSession} session
 * @param {Log} log
 * @param {() => string} source
 * @param {Set<string>} [heard] what was put there already, when the same worker is listened to again.
 */
export async function listenToSession(session, log, source, heard = new Set()) {
  /** @type {Promise<void>[]} */
  const pending = [];
  const once = (/** @type {string} */ key) => !heard.has(key) && heard.add(key);

  session.on("Runtime.consoleAPICalled", ({ type, args, stackTrace, timestamp }) => {
    if (!once(`${timestamp} ${type}`)) return;
    const level = type === "error" || type === "assert" ? "error" : type === "warning" ? "warning" : "log";
    /** @type {import('./console-log.mjs').ConsoleEntry} */
    const entry = { level, text: args.map(preview).join(" "), source: stackTrace?.callFrames[0]?.url || source() };
    log.add(entry);
    pending.push(
      Promise.all(args.map((value) => inFull(session, value))).then((texts) => void (entry.text = texts.join(" "))),
    );
  });
  session.on("Runtime.exceptionThrown", ({ timestamp, exceptionDetails: { text, exception, url } }) => {
    if (!once(`${timestamp} exception`)) return;
    log.add({
      level: "error",
      text: `${text} ${exception?.description ?? preview(exception)}`,
      source: url || source(),
    });
  });
  session.on("Log.entryAdded", ({ entry: { timestamp, level, source: kind, text, url } }) => {
    if (!once(`${timestamp} ${text}`)) return;
    log.add({ level: level === "error" && kind !== "network" ? "error" : "log", text, source: url || source() });
  });
  await Promise.all([session.send("Runtime.enable"), session.send("Log.enable")]);
  await Promise.all(pending);
}

/**
 * All of a printed value; the preview that comes with it leaves out a good part.
 *
 * @param {CDPSession} session
 * @param {RemoteObject} object
 */
async function inFull(session, object) {
  if (!object.objectId || object.subtype === "error") return preview(object);
  const functionDeclaration = "function () { return JSON.stringify(this); }";
  const answer = await session
    .send("Runtime.callFunctionOn", { objectId: object.objectId, functionDeclaration, returnByValue: true })
    .catch(() => undefined);
  return answer?.result.value ?? preview(object); // The page may be gone.
}

/** @param {RemoteObject | undefined} object */
function preview(object) {
  if (!object) return "";
  if (object.preview) return `{${object.preview.properties.map(({ name, value }) => `${name}: ${value}`).join(", ")}}`;
  return String(object.value ?? object.description ?? object.unserializableValue ?? object.type);
}
