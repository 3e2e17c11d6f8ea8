// @ts-check
/** What waiting for a late form costs a page that never goes quiet, and whether the form is seen there. */
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { form } from "../../page-function.mjs";

/** @typedef {import("../../../extension/page/messages.js").Snapshot} Snapshot */
/** @typedef {{script: number, seen: number, looks: number}} Waited  milliseconds of script; from the form's coming until it was seen */

const CHURN = 5000;
const source = readFileSync(new URL("../../../src/fill/mod.rs", import.meta.url), "utf8");
const constant = (/** @type {string} */ name) => Number(new RegExp(`const ${name}: u32 = ([\\d_]+);`).exec(source)?.[1]?.replace("_", ""));
const [LOOK_AGAIN, REST, LONGEST_REST] = /** @type {[number, number, number]} */ (["LOOK_AGAIN", "REST", "LONGEST_REST"].map(constant));
/** Leaves the page alone as long as the product does. @param {Snapshot} snapshot */
const rest = ({ took }) => pause(Math.min(Math.max(took * REST, LOOK_AGAIN), LONGEST_REST));

/** The pages: many rows without a field, and fewer with one each. */
export const CHURNING = { "1,000 rows": churning(1000, ""), "80 rows with a field": churning(80, "<input name=amount placeholder=Amount>") };

/** Every frame replaces fifty rows and changes the looks of a hundred; when `lateForm` is called, a form comes. @param {number} rows @param {string} field */
function churning(rows, field) {
  return `<!doctype html><title>Orders</title><style>.new { color: green }</style><main><table></table></main><script>
    const table = document.querySelector("table");
    let count = 0;
    const row = () => {
      const row = document.createElement("tr");
      row.innerHTML = "<td>Order " + (count += 1) + "</td><td><a href='/order'>Open</a></td><td>${field}</td>";
      return row;
    };
    for (let made = 0; made < ${rows}; made += 1) table.append(row());
    requestAnimationFrame(function churn() {
      for (let changed = 0; changed < 50; changed += 1) table.rows[(count * 7) % ${rows}].replaceWith(row());
      for (let changed = 0; changed < 100; changed += 1) {
        const { classList, style } = table.rows[(count + changed * 3) % ${rows}];
        if (changed % 2) classList.toggle("new");
        else style.opacity = style.opacity ? "" : ".9";
      }
      requestAnimationFrame(churn);
    });
    function lateForm() {
      document.querySelector("main").insertAdjacentHTML("afterbegin",
        "<form method=post><h1>Sign in</h1><label>User name <input name=user></label><label>Password <input type=password name=password></label><button>Sign in</button></form>");
    }
  </script>`;
}

/**
 * Looks as the product does while nothing is there to fill.
 * @param {import("puppeteer-core").Page} tab @param {import("puppeteer-core").CDPSession} session
 * @param {string} address @param {(snapshot: object) => Promise<{planned: number}>} plan @returns {Promise<Waited>}
 */
export async function wait(tab, session, address, plan) {
  await tab.goto(address, { waitUntil: "load" });
  await tab.bringToFront();
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId: contextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  const look = async () => {
    const { result } = await session.send("Runtime.evaluate", { contextId, returnByValue: true, expression: `(${timed})(${form})` });
    return /** @type {{probed: number, snapshot: Snapshot}} */ (result.value);
  };
  let script = 0;
  let looks = 0;
  /** @type {Snapshot[]} */
  const seen = [];
  for (const until = performance.now() + CHURN; performance.now() < until; looks += 1) {
    const { probed, snapshot } = await look();
    script += probed;
    seen.push(snapshot);
    await rest(snapshot);
  }
  await tab.evaluate("lateForm()");
  const came = performance.now();
  for (;;) {
    const { snapshot } = await look();
    if (snapshot.controls.some(({ type, visible }) => type === "password" && visible)) break;
    if (performance.now() - came > CHURN) throw new Error(`${address}: a form that came late was not seen.`);
    await rest(snapshot);
  }
  const after = performance.now() - came;
  for (const snapshot of seen) script += (await plan(snapshot)).planned;
  return { script, seen: after, looks };
}

/** Runs in the page. @param {typeof form} probe */
function timed(probe) {
  const before = performance.now();
  const snapshot = probe({ probe: {} });
  return { probed: performance.now() - before, snapshot };
}
