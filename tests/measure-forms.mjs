// Measures the probe and the classifier on a folder of labelled pages in a real Chromium.
//
//   node tests/measure-forms.mjs FOLDER [--json FILE] [--details FILE] [--save FILE | --from FILE]
//
// FOLDER holds `labels.json` ({pages: [{id, file, kind, scored, truth}]}) and the pages it names. Every page is served
// at an address that tells nothing, `extension/page/form.js` looks at it, and `cargo run --example plan` says what
// would be filled. Scores are taken over pages with `scored: true`:
//   user name, password, both   one of the labelled targets was chosen (sign-in pages)
//   one form                    both, and nothing else is filled
//   sign-up, change             the stored password went into a labelled new-password field
//   other                       anything was filled
//   submit, wrong               the labelled button was chosen, or another control was, of all pages that label one
// `--save` keeps the snapshots, `--from` reads them instead of opening a browser. CHROMIUM names the browser, PLAN the
// program that plans.
import { createServer } from "node:http";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [folder, ...rest] = process.argv.slice(2);
const option = (name) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined);
if (!folder || !existsSync(join(folder, "labels.json"))) {
  console.error(`measure-forms: there is no ${join(folder ?? "FOLDER", "labels.json")}; name the folder of labelled pages.`);
  process.exit(2);
}
const pages = JSON.parse(readFileSync(join(folder, "labels.json"), "utf8")).pages.filter((page) => page.scored);
const ROLES = ["username", "password", "submit", "newPassword", "signupIdentity", "loginAlso", "other", "totp", "currentPasswordOnChange"];

/** @returns {Promise<{id: string, snapshot: object, truth: Record<string, (number | null)[]>, ms: number}[]>} */
async function look() {
  const { default: puppeteer } = await import("puppeteer-core");
  const { form } = await import(join(process.env.FORM_ROOT ?? root, "extension/page/form.js"));
  const server = createServer((request, response) => {
    const page = pages[Number(/\/p\/(\d+)/.exec(request.url)?.[1] ?? -1)];
    response.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
    response.end(page ? readFileSync(join(folder, page.file)) : "");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
    defaultViewport: { width: 1366, height: Number(process.env.HEIGHT ?? 900) },
  });
  const seen = [];
  try {
    const tab = await browser.newPage();
    for (const [number, page] of pages.entries()) {
      await tab.goto(`http://127.0.0.1:${server.address().port}/p/${number}`, { waitUntil: "load", timeout: 30_000 });
      const lists = ROLES.flatMap((role) => (page.truth[role] ?? []).map((target) => ({ role, locators: [target.path] })));
      await tab.evaluate("window.__name = (value) => value");
      const plain = await tab.evaluate((source, locators) => {
        const probe = new Function(`return ${source}`)();
        const before = performance.now();
        const snapshot = probe({ probe: {} });
        const ms = performance.now() - before;
        return { snapshot, ms, located: probe({ probe: { locators } }).located };
      }, form.toString(), lists.map(({ locators }) => locators));
      const truth = {};
      for (const [index, { role }] of lists.entries()) {
        const at = plain.located[index];
        (truth[role] ??= []).push(at !== null && at < plain.snapshot.controls.length ? at : null);
      }
      seen.push({ id: page.id, snapshot: plain.snapshot, truth, ms: plain.ms });
    }
  } finally {
    await browser.close();
    server.close();
  }
  return seen;
}

const seen = option("--from") ? JSON.parse(readFileSync(option("--from"), "utf8")) : await look();
if (option("--save")) writeFileSync(option("--save"), JSON.stringify(seen));

const input = `${seen.map(({ snapshot }) => JSON.stringify(snapshot)).join("\n")}\n`;
const [program, ...words] = process.env.PLAN ? [process.env.PLAN] : ["cargo", "run", "--quiet", "--release", "--example", "plan"];
const planned = spawnSync(program, words, { input, cwd: root, encoding: "utf8", maxBuffer: 1 << 30, stdio: ["pipe", "pipe", "inherit"] });
if (planned.status !== 0) {
  console.error("measure-forms: the planner did not run.");
  process.exit(1);
}
const plans = planned.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));

const count = { login: 0, user: 0, password: 0, both: 0, one: 0, stepUser: 0, stepUserAll: 0, stepPassword: 0, stepPasswordAll: 0,
  signup: 0, signupFill: 0, signupName: 0, change: 0, changeFill: 0, other: 0, otherFill: 0, submit: 0, submitRight: 0, submitWrong: 0 };
const details = [];
for (const [number, { id, truth, snapshot, ms }] of seen.entries()) {
  const page = pages.find((candidate) => candidate.id === id);
  const { plan, refusal, micros } = plans[number];
  const filled = (plan?.fields ?? []).map((field) => ({ role: field.value, at: field.index }));
  const has = (role, at) => (truth[role] ?? []).includes(at);
  const user = filled.find((field) => field.role === "username");
  const password = filled.find((field) => field.role === "password");
  const userRight = user !== undefined && has("username", user.at);
  const passwordRight = password !== undefined && has("password", password.at);
  const wrong = [];
  if (page.kind === "login") {
    const wantUser = (truth.username ?? []).length > 0;
    const wantPassword = (truth.password ?? []).length > 0;
    const both = (userRight || !wantUser) && (passwordRight || !wantPassword);
    count.login += 1;
    count.user += userRight || !wantUser ? 1 : 0;
    count.password += passwordRight || !wantPassword ? 1 : 0;
    count.both += both ? 1 : 0;
    const extra = filled.some(({ at }) => !has("username", at) && !has("password", at));
    count.one += both && !extra ? 1 : 0;
    if (!both) wrong.push(userRight ? "password" : passwordRight ? "username" : "both");
    else if (extra) wrong.push("extra");
  } else if (page.kind === "login-step-username") {
    count.stepUserAll += 1;
    count.stepUser += userRight ? 1 : 0;
    if (!userRight) wrong.push("step-username");
  } else if (page.kind === "login-step-password") {
    count.stepPasswordAll += 1;
    count.stepPassword += passwordRight ? 1 : 0;
    if (!passwordRight) wrong.push("step-password");
  } else if (page.kind === "signup") {
    count.signup += 1;
    const bad = filled.some(({ role, at }) => role === "password" && has("newPassword", at));
    count.signupFill += bad ? 1 : 0;
    if (bad) wrong.push("signup-fill");
    if (filled.some(({ at }) => has("signupIdentity", at))) {
      count.signupName += 1;
      wrong.push("signup-name");
    }
  } else if (page.kind === "change-password") {
    count.change += 1;
    const bad = filled.some(({ role, at }) => role === "password" && has("newPassword", at));
    count.changeFill += bad ? 1 : 0;
    if (bad) wrong.push("change-fill");
  } else {
    count.other += 1;
    count.otherFill += filled.length > 0 ? 1 : 0;
    if (filled.length > 0) wrong.push("other-fill");
  }
  if ((truth.submit ?? []).length > 0) {
    count.submit += 1;
    const button = plan?.submit?.button;
    if (button && has("submit", button.index)) count.submitRight += 1;
    else if (button) {
      count.submitWrong += 1;
      wrong.push("submit-wrong");
    } else wrong.push("submit-missed");
  }
  const brief = (at) => {
    const control = snapshot.controls[at];
    return control && [control.tag, control.type, control.name, control.id, control.label, control.text].filter(Boolean).join(" ");
  };
  details.push({ id, kind: page.kind, wrong, refusal, doubt: plan?.doubt, scenario: plans[number].scenario, ms, micros,
    filled: filled.map(({ role, at }) => `${role}=${brief(at)}`), submit: plan?.submit?.button ? brief(plan.submit.button.index) : plan?.submit,
    wantSubmit: (truth.submit ?? []).map((at) => (at === null ? "not a control" : brief(at))), want: (truth.username ?? []).concat(truth.password ?? []).map((at) => (at === null ? "not a control" : brief(at))) });
}
if (option("--details")) writeFileSync(option("--details"), details.map((line) => JSON.stringify(line)).join("\n"));

const percent = (part, whole) => (whole ? `${((100 * part) / whole).toFixed(1)} % (${part} of ${whole})` : "–");
const times = details.map(({ ms, micros }) => ms + micros / 1000).sort((one, other) => one - other);
const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
const share = (part, whole) => (whole ? part / whole : 0);
console.log(`| score | value |
|---|---|
| user name | ${percent(count.user, count.login)} |
| password | ${percent(count.password, count.login)} |
| both | ${percent(count.both, count.login)} |
| one form | ${percent(count.one, count.login)} |
| step user name | ${percent(count.stepUser, count.stepUserAll)} |
| step password | ${percent(count.stepPassword, count.stepPasswordAll)} |
| sign-up false fill | ${percent(count.signupFill, count.signup)} |
| sign-up identity filled | ${percent(count.signupName, count.signup)} |
| change-password false fill | ${percent(count.changeFill, count.change)} |
| other pages filled | ${percent(count.otherFill, count.other)} |
| submit right | ${percent(count.submitRight, count.submit)} |
| submit wrong pick | ${percent(count.submitWrong, count.submit)} |
| probe and plan | median ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms |`);
if (option("--json"))
  writeFileSync(option("--json"), JSON.stringify({
    pages: seen.length, both: share(count.both, count.login), one_form: share(count.one, count.login),
    step_username: share(count.stepUser, count.stepUserAll), signup_false_fill: share(count.signupFill, count.signup),
    change_false_fill: share(count.changeFill, count.change), other_fill: share(count.otherFill, count.other),
    submit_found: share(count.submitRight, count.submit), submit_wrong: share(count.submitWrong, count.submit),
    ms_median: at(0.5), ms_p99: at(0.99),
  }, null, 1));
