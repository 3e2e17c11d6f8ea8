// @ts-check
// Firefox's consoles: what pages, the popup and the event page print, and what they throw.

/** @typedef {import('./marionette.mjs').Marionette} Marionette */

/** Begins to collect, in the browser's first window. @param {Marionette} marionette */
export async function collectConsole(marionette) {
  await marionette.chrome((collector) => {
    /** @type {import('./console-log.mjs').ConsoleEntry[]} */
    const entries = (window.driverConsole = []);
    // Uncaught exceptions of every process arrive here.
    Services.console.registerListener({
      observe(/** @type {any} */ message) {
        if (!(message instanceof Ci.nsIScriptError) || !/^(https?|moz-extension):/.test(message.sourceName)) return;
        const level = message.flags & Ci.nsIScriptError.warningFlag ? "warning" : "error";
        entries.push({ level, text: message.errorMessage, source: message.sourceName });
      },
    });
    // console.log and its like are kept where they were called, so every process is asked to pass them on.
    Services.ppmm.addMessageListener("driver:console", (/** @type {any} */ { data }) => entries.push(data));
    Services.ppmm.loadProcessScript(
      `data:application/javascript;charset=utf-8,${encodeURIComponent(`(${collector})()`)}`,
      true,
    );
  }, String(passOn));
}

/** Hands over what was collected since the last time. @param {Marionette} marionette */
export function takeConsole(marionette) {
  return marionette.chrome(() => window.driverConsole?.splice(0) ?? []);
}

/** Runs in every process of the browser. */
function passOn() {
  const storage = Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage);
  const show = (/** @type {any} */ value) => {
    if (value === null || typeof value !== "object") return String(value);
    const plain = Cu.waiveXrays(value);
    if (typeof plain.stack === "string") return `${plain}`;
    try {
      return JSON.stringify(plain);
    } catch {
      return String(plain); // It refers to itself.
    }
  };
  storage.addLogEventListener((/** @type {any} */ message) => {
    const { level, arguments: list, filename } = message.wrappedJSObject ?? message;
    if (/^(resource|chrome):/.test(filename)) return; // The browser's own words.
    const known = /** @type {Record<string, string>} */ ({
      error: "error",
      assert: "error",
      exception: "error",
      warn: "warning",
    });
    sendAsyncMessage("driver:console", {
      level: known[level] ?? "log",
      text: [...list].map(show).join(" "),
      source: filename,
    });
  }, Cc["@mozilla.org/systemprincipal;1"].createInstance(Ci.nsIPrincipal));
}
