// @ts-check
/** The stand-in for the hosts of apps' logos: pictures under addresses of the shape that Graph's documents show. */
import { readFileSync } from "node:fs";

/** @typedef {import("./stand-in.mjs").Call} Call */
/** @typedef {import("./stand-in.mjs").Answer} Answer */
/** @typedef {import("./stand-in.mjs").StandIn} StandIn */

export const LOGOS = "aadcdn.msftauthimages.net";
const PICTURES = ["wiki", "travel", "people", "crm", "payroll", "orders"];
/** What a picture is fetched with, whoever shows it; more would say who that is, or where. */
const NEVER = /** @type {const} */ (["referer", "origin", "authorization", "cookie"]);

/** What Graph says about an app, where the directory has a logo for it or none. @param {string | null} logoUrl */
const info = (logoUrl) => ({ logoUrl, marketingUrl: null, privacyStatementUrl: null, supportUrl: null, termsOfServiceUrl: null });
export const withoutLogo = info(null);
/** @param {number} number the app's */
export const withLogo = (number) => info(`https://${LOGOS}/dbd5a2dd-uymyxxfhpwrbckvwvlxle8radh6vkzaj7cwkqpqixg/appbranding/${`${number}`.padStart(43, "a")}/1033/bannerlogo?ts=637003628120591303`);

export class Logos {
  /** Every address that was asked for. @type {string[]} */
  asked = [];
  /** Those that are gone. @type {Set<string>} */
  gone = new Set();
  /** Those that do not come, however long somebody waits. @type {Set<string>} */
  withheld = new Set();

  /** @param {StandIn} standIn */
  constructor(standIn) {
    this.standIn = standIn;
  }

  /** @param {Call} call @returns {Answer | undefined} */
  answer(call) {
    const { href } = call.url;
    for (const name of NEVER) if (call.headers[name]) return this.standIn.breach(call, `logo: with ${name}`);
    const number = this.standIn.apps.findIndex((app) => app.info.logoUrl === href);
    if (call.method !== "GET" || number < 0) return this.standIn.breach(call, "logo: no app has it");
    this.asked.push(href);
    if (this.withheld.has(href)) return undefined;
    if (this.gone.has(href)) return { status: 404, headers: { "content-type": "text/html" }, body: "<h1>Not found</h1>" };
    const picture = readFileSync(new URL(`../../../portal/assets/apps/${PICTURES[number % PICTURES.length]}.png`, import.meta.url));
    return { status: 200, headers: { "content-type": "image/png", "cache-control": "public, max-age=86400" }, body: picture };
  }
}
