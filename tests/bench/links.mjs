// @ts-check
/** Internal addresses: a map with as many entries as browsers take, from its text to the rules in force. */
import { withBrowser } from "../e2e/driver/index.mjs";
import { median, percentile } from "./numbers.mjs";

const ROUNDS = 7;

/** @param {"chromium" | "firefox"} browser @param {string} extension @returns {Promise<import("./numbers.mjs").Row[]>} */
export function links(browser, extension) {
  return withBrowser({ browser, extension, name: "bench-links" }, async (running) => {
    const page = await running.extensionPage("options/diagnostics.html");
    const times = await page.evaluate(async (rounds) => {
      const module = "/wasm/links.js";
      const { default: init, Keeper } = await import(module);
      await init();
      const { declarativeNetRequest: rules } = chrome;
      const worked = [];
      const installed = [];
      for (let round = 0; round < rounds; round += 1) {
        const map = { links: Array.from({ length: 5000 }, (_, n) => ({ internal: `http://s${n}.corp.example/app${round}/`, external: `https://s${n}.contoso.example/app${round}/` })) };
        const begin = performance.now();
        const keeper = new Keeper("", '["http://*/*"]', Date.now());
        keeper.found("policy", JSON.stringify(map));
        keeper.question();
        keeper.addresses();
        const addRules = JSON.parse(keeper.rules());
        if (addRules.length !== 5000) throw new Error(`There are ${addRules.length} rules.`);
        worked.push(performance.now() - begin);
        const removeRuleIds = addRules.map((/** @type {{id: number}} */ { id }) => id);
        await rules.updateSessionRules({ removeRuleIds });
        const install = performance.now();
        await rules.updateSessionRules({ addRules });
        installed.push(performance.now() - install);
      }
      return { worked, installed };
    }, ROUNDS);
    const row = (/** @type {string} */ what, /** @type {number[]} */ values) => ({ what, browser, unit: "ms", value: median(values), p95: percentile(values, 0.95) });
    return [row("5,000 internal addresses worked out", times.worked), row("5,000 rules installed", times.installed)];
  });
}
