// @ts-check
/**
 * Turns automatic sign-in on for every app of the person, as after a roll-out: nothing has to be offered any more.
 * @param {import("../e2e/driver/interface.d.ts").Browser} browser somebody is signed in to
 */
export async function turnOnEverything(browser) {
  const { catalogue } = await browser.storage.get("local", "catalogue");
  /** @type {{mode: string, sign_on_rules?: {url: string}[]}[]} */
  const apps = JSON.parse(catalogue).apps;
  const rules = apps.flatMap(({ mode, sign_on_rules }) => (mode === "password" ? (sign_on_rules ?? []) : []));
  const hosts = rules.map(({ url }) => new URL(url)).map(({ protocol, hostname }) => `${protocol}//${hostname}/*`);
  await browser.grant([...new Set(hosts)]);
}
