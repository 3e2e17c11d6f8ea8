// @ts-check
/**
 * The only code of ours that ever runs in a page: it looks at sign-in forms, writes into them and submits them.
 *
 * It is built into one function, `form(command)`, with all of its modules inside of it (scripts/extension.sh), because
 * `scripting.executeScript({func: form, args: [command]})` hands a function to a page as its text. So the modules run anew for
 * every command, and what they remember is forgotten with it. It runs in the isolated world of the top document, or of
 * the one frame that an administrator named.
 *
 * It looks and it writes in one synchronous pass each; before it presses the button it gives the page two frames, in which
 * frameworks paint anew, and looks whether everything is still there. It leaves nothing behind: no listener, no global, no
 * node, no attribute. It decides nothing about roles: it reports what a person would see and does exactly what it is told,
 * after checking that the page is still the one that was reported.
 */
import { fill } from "./form/fill.js";
import { submit } from "./form/press.js";
import { probe } from "./form/probe.js";
import { teach } from "./form/lesson.js";

/** @import {FillCommand, ProbeCommand, Result, Snapshot, SubmitCommand, TeachCommand} from "./messages.js" */

/**
 * @param {ProbeCommand | TeachCommand | FillCommand | SubmitCommand} command
 * @returns {Snapshot | Promise<Result> | Result | null}  nothing from a frame that was not asked
 */
export function form(command) {
  if ("probe" in command || "teach" in command) {
    const request = "probe" in command ? command.probe : command.teach;
    if (request.frame && window !== window.top && self.origin !== request.frame) return null;
    return "probe" in command ? probe(request) : teach(request);
  }
  if ("fill" in command) return fill(command.fill);
  if ("submit" in command) return submit(command.submit);
  return { outcome: "refused" };
}
