// Prints the generated glue, shorter and without touching what it does: node shrink-glue.mjs GLUE NAMES. NAMES is what
// wasm-opt prints when it gives the module's imports and exports names of a letter or two: with their hashes they were 6 KB
// of the module and 4 KB of the glue. Indentation and comments, the other quarter, are for people who read generated code;
// they have GLUE itself.
import { readFileSync } from "node:fs";

const [glue, names] = process.argv.slice(2);
const { imports, exports } = JSON.parse(readFileSync(names, "utf8"));
let text = readFileSync(glue, "utf8");

/** Replaces what must be there, so often as `times` says or at least once. */
function replace(pattern, by, times) {
  const found = text.match(pattern)?.length ?? 0;
  if (found === 0 || (times && found !== times)) {
    throw new Error(`${pattern} stands ${found} times in the glue; another wasm-bindgen?`);
  }
  text = text.replace(pattern, () => by);
}

const exact = (name) => name.replace(/[$.]/g, "\\$&");

for (const [, name, short] of imports) {
  replace(new RegExp(`(?<![\\w$])${exact(name)}: function\\(`, "g"), `"${short}": function(`, 1);
}
for (const module of new Set(imports.map(([module]) => module))) {
  replace(new RegExp(`"${exact(module)}": import0`, "g"), `"a": import0`, 1);
}
for (const [name, short] of exports) {
  const use = new RegExp(`(?<![\\w$.])wasm\\.${exact(name)}(?![\\w$])`, "g");
  // What the glue does not use, nobody does.
  if (use.test(text)) {
    replace(use, `wasm["${short}"]`);
  }
}

text = text.replace(/^[ \t]*\/\*\*[\s\S]*?\*\/\n/gm, "").replace(/^[ \t]*\/\/.*\n/gm, "");
// Indentation means something only inside of a template of several lines.
if (text.split("\n").some((line) => (line.match(/`/g)?.length ?? 0) % 2 === 1)) {
  throw new Error("the glue has a template of several lines; another wasm-bindgen?");
}
text = text.replace(/^[ \t]+/gm, "").replace(/\n{2,}/g, "\n");

process.stdout.write(text);
