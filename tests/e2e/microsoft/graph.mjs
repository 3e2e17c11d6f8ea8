// @ts-check
/** The stand-in for Microsoft Graph: who am I, and my apps page by page, in the shapes and with the errors of its documents. */
import { randomUUID } from "node:crypto";
import { json, page } from "./sign-in.mjs";

/** @typedef {import("./stand-in.mjs").Call} Call */
/** @typedef {import("./stand-in.mjs").Answer} Answer */
/** @typedef {import("./stand-in.mjs").StandIn} StandIn */

/** Properties of a service principal that may be selected. */
const PROPERTIES = ["id", "appId", "displayName", "description", "homepage", "loginUrl", "preferredSingleSignOnMode", "tags", "accountEnabled", "info"];
const LARGEST_PAGE = 999;
const OPTIONS = ["$select", "$top", "$count", "$skiptoken"];

export class Graph {
  /** Whether the beta call is there. */
  hasResources = true;
  /** Answer the next so many pages with 429 and this Retry-After, in seconds. @type {{times: number, seconds: number} | undefined} */
  throttle;

  /** @param {StandIn} standIn */
  constructor(standIn) {
    this.standIn = standIn;
  }

  /** @param {Call} call @returns {Answer} */
  answer(call) {
    if (call.headers.cookie) return this.standIn.breach(call, "Graph: with cookies");
    const ends = this.standIn.signIn.tokens.get((call.headers.authorization ?? "").replace(/^Bearer /, ""));
    if (ends === undefined || ends < Date.now()) return error(401, "InvalidAuthenticationToken", "Access token is empty, expired or not valid.");
    for (const option of call.url.searchParams.keys()) if (!OPTIONS.includes(option)) return this.standIn.breach(call, `Graph: ${option} is not known`);
    switch (`${call.method} ${call.url.pathname}`) {
      case "GET /v1.0/me":
        return json(200, this.standIn.person);
      case "GET /beta/me/appRoleAssignedResources":
        return this.#resources(call);
      case "GET /v1.0/me/appRoleAssignments":
        return this.#page(call, this.standIn.apps.map(assignment));
      default:
        return this.standIn.breach(call, "Graph: there is no such address");
    }
  }

  /** @param {Call} call */
  #resources(call) {
    const asked = call.url.searchParams;
    if (!this.hasResources) return error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    // An advanced query: without both of these Graph does not know the resource.
    if (call.headers.consistencylevel !== "eventual" || asked.get("$count") !== "true") {
      this.standIn.breaches.push("Graph: no advanced query");
      return error(404, "Request_ResourceNotFound", "Resource not found for the segment 'appRoleAssignedResources'.");
    }
    const selected = (asked.get("$select") ?? "").split(",");
    for (const property of selected) if (!PROPERTIES.includes(property)) return this.standIn.breach(call, `Graph: no property ${property}`);
    return this.#page(call, this.standIn.apps.map((app) => Object.fromEntries(selected.map((name) => [name, app[name] ?? null]))));
  }

  /** @param {Call} call @param {object[]} all @returns {Answer} */
  #page(call, all) {
    const asked = call.url.searchParams;
    const top = Number(asked.get("$top") ?? 100);
    if (!(top >= 1 && top <= LARGEST_PAGE)) return this.standIn.breach(call, `Graph: $top=${top}`);
    if (this.throttle && this.throttle.times > 0) {
      this.throttle.times -= 1;
      const refused = error(429, "TooManyRequests", "Please retry again later.");
      return { ...refused, headers: { ...refused.headers, "retry-after": `${this.throttle.seconds}`, "access-control-expose-headers": "Retry-After" } };
    }
    const from = Number(asked.get("$skiptoken") ?? 0);
    const document = { "@odata.context": "https://graph.microsoft.com/beta/$metadata#servicePrincipals", "@odata.count": all.length, value: all.slice(from, from + top) };
    if (from + top >= all.length) return json(200, document);
    const next = new URL(call.url);
    next.searchParams.set("$skiptoken", `${from + top}`);
    return json(200, { ...document, "@odata.nextLink": next.href });
  }
}

/** @param {import("./stand-in.mjs").App} app */
const assignment = (app) => ({
  id: randomUUID(),
  deletedDateTime: null,
  appRoleId: "00000000-0000-0000-0000-000000000000",
  createdDateTime: "2026-02-02T04:22:45.9480566Z",
  principalDisplayName: "Alex Wilber",
  principalId: "cdb555e3-b33e-4fd5-a427-17fadacbdfa7",
  principalType: "User",
  resourceDisplayName: app.displayName,
  resourceId: app.id,
});

/** @param {number} status @param {string} code @param {string} message */
const error = (status, code, message) =>
  json(status, { error: { code, message, innerError: { date: new Date().toISOString(), "request-id": randomUUID(), "client-request-id": randomUUID() } } });

/** What a launch link leads to. @param {StandIn} standIn @param {Call} call @returns {Answer} */
export function launched(standIn, call) {
  const id = /^\/api\/signin\/([\w-]+)$/.exec(call.url.pathname)?.[1];
  const app = standIn.apps.find((app) => app.appId === id);
  if (!app || call.url.searchParams.get("tenantId") !== standIn.tenant) return standIn.breach(call, "launcher: no such app or directory");
  return page(`<h1>${app.displayName}</h1>`);
}
