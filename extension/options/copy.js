// @ts-check
// The report as text, for a message to the help desk: nothing on it names a person.
import { sentence } from "../language.js";

const [button, report, said] = /** @type {HTMLElement[]} */ (["copy", "report", "copied"].map((id) => document.getElementById(id)));
let copied = "";

/** What can be pressed is no part of it, and not seen for this moment. */
function text() {
  report.dataset.copied = "";
  const { innerText } = report;
  delete report.dataset.copied;
  return innerText;
}

button.addEventListener("click", () => {
  copied = text();
  // What stands there already would not be read out again. Where the browser refuses it, nothing is.
  said.textContent = "";
  navigator.clipboard.writeText(copied).then(() => (said.textContent = sentence("diagnoseCopied", [])), () => undefined);
});
// It is not said for longer than it is so.
new MutationObserver(() => said.textContent && text() !== copied && said.replaceChildren()).observe(report, { subtree: true, childList: true, characterData: true });
