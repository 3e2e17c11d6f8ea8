// @ts-check
/**
 * A company's policy, in the real files of the browsers. They are the whole machine's, so only one story at a time has one;
 * whatever happens, what was there before is put back.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const EXTENSIONS = { chromium: "bgnbokhkffgobgapaaedoojiloflbndl", firefox: "my-apps-sign-in@my-apps.example" };
const FILES = { chromium: "/etc/chromium/policies/managed/my-apps-sign-in.json", firefox: "/etc/firefox/policies/policies.json" };

/** @typedef {"chromium" | "firefox"} Name */

/** Writes the file, in a folder that is there. @param {Name} browser @param {object} values */
export function write(browser, values) {
  const extensions = { [EXTENSIONS[browser]]: values };
  const document = browser === "firefox" ? { policies: { "3rdparty": { Extensions: extensions } } } : { "3rdparty": { extensions } };
  writeFileSync(FILES[browser], JSON.stringify(document));
}

/** Does something while there is a policy. @param {Name} browser @param {object} values @param {() => Promise<void>} work */
export async function withPolicy(browser, values, work) {
  const file = FILES[browser];
  const before = existsSync(file) ? readFileSync(file) : undefined;
  const made = mkdirSync(dirname(file), { recursive: true });
  const undo = () => {
    if (before) writeFileSync(file, before);
    else rmSync(made ?? file, { recursive: true, force: true });
  };
  process.once("exit", undo);
  write(browser, values);
  try {
    await work();
  } finally {
    process.off("exit", undo);
    undo();
  }
}
