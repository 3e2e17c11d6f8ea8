// @ts-check
// Everything that pages and the extension print, kept so that a test can assert silence and search for secrets.

/**
 * @typedef {object} ConsoleEntry
 * @property {'error' | 'warning' | 'log'} level
 * @property {string} text
 * @property {string} source the address of the page or script.
 */

export class ConsoleLog {
  /** @type {ConsoleEntry[]} */
  entries = [];

  /** @param {ConsoleEntry} entry */
  add(entry) {
    this.entries.push(entry);
  }

  /** Errors and uncaught exceptions, each once. A failed download is none: a portal may well answer 401. */
  errors() {
    const errors = this.entries.filter(({ level }) => level === "error");
    const first = (/** @type {ConsoleEntry} */ { text }) => text.split("\n")[0];
    return errors.filter((entry, index) => errors.findIndex((other) => first(other) === first(entry)) === index);
  }

  /** All of it as one text. */
  text() {
    return this.entries.map(({ level, text, source }) => `${level}: ${text} (${source})`).join("\n");
  }
}
