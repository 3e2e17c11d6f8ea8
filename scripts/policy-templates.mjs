// @ts-check
/**
 * Writes the administrative templates for Group Policy and Intune, from the schema that Chromium checks a policy against:
 *
 *   node scripts/policy-templates.mjs [--check] [--to FOLDER] [--chrome-id ID] [--edge-id ID] [--firefox-id ID]
 *
 * MyApps.admx says what is written where in the registry, en-US/MyApps.adml what people read about it. Without ids they are those
 * of an unpacked extension, which come from its manifests; in a store each has another one. --check writes nothing, and fails
 * where the files are not what would be written.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** @typedef {{title: string, description: string, type: string, items?: {type: string, properties?: Record<string, {description: string}>}}} Decision */
/** @typedef {{name: string, title: string, key: string, supported: string, readsSchema: boolean}} Browser */

const root = fileURLToPath(new URL("..", import.meta.url));
/** @param {string} name @returns {any} */
const manifest = (name) => JSON.parse(readFileSync(join(root, "manifest", `${name}.json`), "utf8"));
/** @type {[string, Decision][]} */
const decisions = Object.entries(manifest("policy").properties);

const { values: options } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    to: { type: "string", default: join(root, "docs", "policy") },
    "chrome-id": { type: "string", default: keyed("chrome") },
    "edge-id": { type: "string", default: keyed("edge") },
    "firefox-id": { type: "string", default: manifest("firefox").browser_specific_settings.gecko.id },
  },
});

/** The id that Chromium derives from a manifest's key: half of its digest, in the letters a to p. @param {string} browser */
function keyed(browser) {
  const digest = createHash("sha256").update(Buffer.from(manifest(browser).key, "base64")).digest("hex");
  return [...digest.slice(0, 32)].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join("");
}

/** An id, or the sentence that says why it is none. @param {"chrome-id" | "edge-id" | "firefox-id"} option @param {RegExp} form @param {string} words */
function id(option, form, words) {
  const given = options[option];
  if (!form.test(given)) {
    console.error(`--${option} ${given} is no extension's id. ${words}`);
    process.exit(1);
  }
  return given;
}
/** @param {"chrome-id" | "edge-id"} option */
const chromium = (option) => id(option, /^[a-p]{32}$/, "It has 32 letters from a to p; the store's page of the extension shows it.");
const gecko = id("firefox-id", /^(\{[\da-fA-F-]{36}\}|[\w.-]*@[\w.-]+)$/, "It looks like name@company.example; about:debugging shows it.");

const oldest = manifest("chrome").minimum_chrome_version;
/** @type {Browser[]} */
const browsers = [
  { name: "Chrome", title: "Google Chrome", key: `Software\\Policies\\Google\\Chrome\\3rdparty\\extensions\\${chromium("chrome-id")}\\policy`, supported: oldest, readsSchema: true },
  { name: "Edge", title: "Microsoft Edge", key: `Software\\Policies\\Microsoft\\Edge\\3rdparty\\extensions\\${chromium("edge-id")}\\policy`, supported: oldest, readsSchema: true },
  { name: "Firefox", title: "Mozilla Firefox", key: `Software\\Policies\\Mozilla\\Firefox\\3rdparty\\Extensions\\${gecko}`, supported: parseFloat(manifest("firefox").browser_specific_settings.gecko.strict_min_version).toString(), readsSchema: false },
];

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
/** @param {Decision} decision */
const isStructured = (decision) => decision.type === "array" && decision.items?.type === "object";

/**
 * What stands in the registry, and the control that asks for it. Chromium reads numbers, texts and lists of texts by the schema,
 * and whatever else as JSON in a text (components/policy/core/common/registry_dict.cc). Firefox knows no schema: a number stays
 * one, and JSON is what stands in a value of several lines (toolkit/components/enterprisepolicies/WindowsGPOParser.sys.mjs).
 * @param {string} name @param {Decision} decision @param {Browser} browser @returns {{attributes: string, inside: string, control: string}}
 */
function written(name, decision, browser) {
  const label = escaped(decision.title);
  if (decision.type === "boolean") {
    const value = (/** @type {string} */ state, /** @type {number} */ number) => `<${state}Value><decimal value="${number}"/></${state}Value>`;
    return { attributes: ` valueName="${name}"`, inside: `${value("enabled", 1)}${value("disabled", 0)}`, control: "" };
  }
  const { element, control } = entered(name, decision, browser, label);
  return { attributes: ` presentation="$(presentation.${browser.name}_${name})"`, inside: `<elements>${element}</elements>`, control };
}

/** @param {string} name @param {Decision} decision @param {Browser} browser @param {string} label */
function entered(name, decision, browser, label) {
  const value = `id="${name}" valueName="${name}"`;
  if (isStructured(decision) && browser.readsSchema) {
    return { element: `<text ${value} required="true" maxLength="1000000"/>`, control: `<textBox refId="${name}"><label>${label}</label></textBox>` };
  }
  if (isStructured(decision)) {
    return { element: `<multiText ${value} required="true" maxLength="1000000"/>`, control: `<multiTextBox refId="${name}">${label}</multiTextBox>` };
  }
  switch (decision.type) {
    case "array":
      return { element: `<list id="${name}" key="${browser.key}\\${name}" valuePrefix=""/>`, control: `<listBox refId="${name}">${label}</listBox>` };
    case "integer":
      return { element: `<decimal ${value} required="true" minValue="0" maxValue="9999"/>`, control: `<decimalTextBox refId="${name}">${label}</decimalTextBox>` };
    case "string":
      return { element: `<text ${value} required="true" maxLength="1024"/>`, control: `<textBox refId="${name}"><label>${label}</label></textBox>` };
    default:
      throw new Error(`What is ${decision.type} in the registry? It is the type of ${name}.`);
  }
}

/** What the editor shows beside a setting: the schema's words, and how it is entered. @param {string} name @param {Decision} decision */
function explained(name, decision) {
  const lines = [decision.description];
  if (decision.type === "boolean") lines.push("Enabled is true, Disabled is false. Not Configured leaves it to people.");
  else if (isStructured(decision)) {
    const properties = Object.entries(decision.items?.properties ?? {});
    lines.push(`It is entered as JSON: [{${properties.map(([property]) => `"${property}": "…"`).join(", ")}}, …]`);
    lines.push(...properties.map(([property, { description }]) => `${property}: ${description}`));
  } else if (decision.type === "array") lines.push("Each line is one of them.");
  lines.push(`In the documentation and on the settings page it is called ${name}.`);
  return lines.map(escaped).join("\n\n");
}

/** @param {Browser} browser */
const category = ({ name }) => `<category name="${name}" displayName="$(string.${name})"><parentCategory ref="MyApps"/></category>`;

/** @param {Browser} browser @param {[string, Decision]} entry */
function policy(browser, [name, decision]) {
  const { attributes, inside } = written(name, decision, browser);
  return `    <policy name="${browser.name}_${name}" class="Both" displayName="$(string.${name})" explainText="$(string.${name}_Explain)" key="${browser.key}"${attributes}>
      <parentCategory ref="${browser.name}"/>
      <supportedOn ref="Since_${browser.name}"/>
      ${inside}
    </policy>`;
}

// No template of Windows' own is referred to: Intune would want it to be imported first.
const admx = `<?xml version="1.0" encoding="utf-8"?>
<!-- Made from manifest/policy.json by scripts/policy-templates.mjs. -->
<policyDefinitions xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions" revision="1.0" schemaVersion="1.0">
  <policyNamespaces>
    <target prefix="myapps" namespace="MyApps.Policies.SignIn"/>
  </policyNamespaces>
  <resources minRequiredRevision="1.0"/>
  <supportedOn>
    <definitions>
${browsers.map(({ name }) => `      <definition name="Since_${name}" displayName="$(string.Since_${name})"/>`).join("\n")}
    </definitions>
  </supportedOn>
  <categories>
    <category name="MyApps" displayName="$(string.MyApps)"/>
${browsers.map((browser) => `    ${category(browser)}`).join("\n")}
  </categories>
  <policies>
${browsers.flatMap((browser) => decisions.map((entry) => policy(browser, entry))).join("\n")}
  </policies>
</policyDefinitions>
`;

/** @type {[string, string][]} */
const strings = [
  ["MyApps", "My Apps"],
  ...browsers.flatMap(({ name, title, supported }) => /** @type {[string, string][]} */ ([[name, title], [`Since_${name}`, `${title} ${supported} or newer`]])),
  ...decisions.flatMap(([name, decision]) => /** @type {[string, string][]} */ ([[name, escaped(decision.title)], [`${name}_Explain`, explained(name, decision)]])),
];
const controls = browsers.flatMap((browser) => decisions.map(([name, decision]) => ({ id: `${browser.name}_${name}`, ...written(name, decision, browser) })));

const adml = `<?xml version="1.0" encoding="utf-8"?>
<!-- Made from manifest/policy.json by scripts/policy-templates.mjs. -->
<policyDefinitionResources xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions" revision="1.0" schemaVersion="1.0">
  <displayName>My Apps</displayName>
  <description>The company's decisions for the browser extension My Apps.</description>
  <resources>
    <stringTable>
${strings.map(([id, text]) => `      <string id="${id}">${text}</string>`).join("\n")}
    </stringTable>
    <presentationTable>
${controls.filter(({ control }) => control).map(({ id, control }) => `      <presentation id="${id}">${control}</presentation>`).join("\n")}
    </presentationTable>
  </resources>
</policyDefinitionResources>
`;

for (const [file, text] of /** @type {[string, string][]} */ ([["MyApps.admx", admx], ["en-US/MyApps.adml", adml]])) {
  const path = join(options.to, file);
  if (!options.check) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } else if (readFileSync(path, "utf8") !== text) {
    console.error(`${relative(root, path)} is not what manifest/policy.json says. Write it anew: node scripts/policy-templates.mjs`);
    process.exitCode = 1;
  }
}
