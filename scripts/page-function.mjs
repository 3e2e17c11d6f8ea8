// @ts-check
/**
 * Makes one function of `extension/page/form.js` and all that it imports, because `scripting.executeScript` hands a function to
 * a page as its text: what stands outside of it is not there.
 *
 *   node scripts/page-function.mjs extension/page/form.js > FILE
 */
import { argv, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { rollup } from "rollup";

/** @param {string} input the module that exports `form` @returns {Promise<string>} the text of that function */
export async function pageFunction(input = fileURLToPath(new URL("../extension/page/form.js", import.meta.url))) {
  const bundle = await rollup({ input, onwarn: (warning) => { throw new Error(warning.message); } });
  const { output: [{ code }] } = await bundle.generate({ format: "iife", name: "page", exports: "named", esModule: false, indent: false, externalLiveBindings: false });
  return `function form(command) {\n${code}return page.form(command);\n}`;
}

if (argv[1] === fileURLToPath(import.meta.url)) stdout.write(`export ${await pageFunction(argv[2])}\n`);
