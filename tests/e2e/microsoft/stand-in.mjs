// @ts-check
/**
 * A stand-in for Microsoft's sign-in, Graph, launcher and logos under their own names, built from public documents alone. It checks
 * every request that the extension makes; a story fails if there was one that the documents do not allow.
 *
 * It stands here and not among the sample apps, because it is only of use to a browser that is led to it: over TLS, with a
 * certificate made for one test.
 */
import { strict as assert } from "node:assert";
import { createServer as createTunnel } from "node:http";
import { createServer } from "node:https";
import { connect } from "node:net";
import { certificateFor } from "./certificate.mjs";
import { Graph, launched } from "./graph.mjs";
import { LOGOS, Logos, withoutLogo } from "./logos.mjs";
import { SignIn } from "./sign-in.mjs";

/** @typedef {{method: string, url: URL, headers: import("node:http").IncomingHttpHeaders & {consistencylevel?: string}, body: string}} Call */
/** @typedef {{status: number, headers?: Record<string, string>, body?: string | Buffer}} Answer */
/** @typedef {Record<string, any> & {id: string, appId: string, displayName: string, info: {logoUrl: string | null}}} App */

const LOGIN = "login.microsoftonline.com";
const GRAPH = "graph.microsoft.com";
const LAUNCHER = "launcher.myapps.microsoft.com";
const PORTAL = "myapps.microsoft.com";
export const names = [LOGIN, GRAPH, LAUNCHER, PORTAL, LOGOS];

/** The id of a made-up app. @param {number} number */
export const appId = (number) => `11111111-2222-4333-8444-${number.toString(16).padStart(12, "0")}`;

/** A made-up app. @param {number} number @param {string} displayName @param {object} [more] @returns {App} */
export const app = (number, displayName, more = {}) => ({
  id: `99999999-2222-4333-8444-${number.toString(16).padStart(12, "0")}`,
  appId: appId(number),
  displayName,
  preferredSingleSignOnMode: "saml",
  accountEnabled: true,
  tags: ["WindowsAzureActiveDirectoryIntegratedApp"],
  info: withoutLogo,
  ...more,
});

export class StandIn {
  tenant = "aaaabbbb-0000-4ccc-8ddd-eeee2222ffff";
  domain = "contoso.example";
  clientId = "00001111-aaaa-4222-8bbb-3333cccc4444";
  person = { id: "cdb555e3-b33e-4fd5-a427-17fadacbdfa7", displayName: "Alex Wilber", userPrincipalName: "alex@contoso.example" };
  /** What the registration names; the stories fill in what the options page shows. @type {string[]} */
  redirectUris = [];
  /** What the person is assigned to. @type {App[]} */
  apps = [];
  /** What the documents do not allow. @type {string[]} */
  breaches = [];
  /** How long Graph takes, in milliseconds. */
  latency = 0;
  /** Every request to Graph for the list of apps. @type {string[]} */
  lists = [];
  /** The most of them that were answered at the same time. */
  mostAtOnce = 0;
  signIn = new SignIn(this);
  graph = new Graph(this);
  logos = new Logos(this);
  #atOnce = 0;

  async start() {
    const certificate = certificateFor(names);
    const server = createServer({ key: certificate.key, cert: certificate.certificate }, (request, response) => {
      let body = "";
      request.on("data", (data) => (body += data));
      request.on("end", () => this.#serve({ method: request.method ?? "", url: new URL(request.url ?? "/", `https://${request.headers.host}`), headers: request.headers, body }, response));
    });
    // Firefox gives a name no other port: it comes through a tunnel.
    const tunnel = createTunnel();
    tunnel.on("connect", (_, socket) => {
      const onward = connect(this.#port(server), "127.0.0.1", () => socket.write("HTTP/1.1 200 OK\r\n\r\n"));
      for (const [one, other] of [[socket, onward], [onward, socket]]) one.on("error", () => other.destroy()).pipe(other);
    });
    for (const listener of [server, tunnel]) await new Promise((resolve) => listener.listen(0, "127.0.0.1", () => resolve(undefined)));
    this.stop = () => [server, tunnel].forEach((listener) => (listener.closeAllConnections(), listener.close()));
    /** What the browser has to be told; see the driver. */
    this.impersonated = { names, port: this.#port(server), tunnel: this.#port(tunnel), ...certificate };
    return this;
  }

  /** @param {import("node:net").Server} server */
  #port(server) {
    return /** @type {import("node:net").AddressInfo} */ (server.address()).port;
  }

  /** @param {Call} call @param {import("node:http").ServerResponse} response */
  async #serve(call, response) {
    if (call.method === "OPTIONS") {
      const cors = { "access-control-allow-origin": "*", "access-control-allow-methods": "GET, POST", "access-control-allow-headers": "authorization, consistencylevel, content-type" };
      return void response.writeHead(200, cors).end();
    }
    const isList = /appRoleAssign/.test(call.url.pathname);
    if (isList) {
      this.lists.push(call.url.href);
      this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce);
    }
    if (call.url.host === GRAPH && this.latency > 0) await new Promise((resolve) => setTimeout(resolve, this.latency));
    const answer = this.#answer(call);
    if (isList) this.#atOnce -= 1;
    if (!answer) return;
    response.writeHead(answer.status, { "content-type": "application/json", "cache-control": "no-store", ...answer.headers }).end(answer.body);
  }

  /** @param {Call} call @returns {Answer | undefined} nothing where nothing is to come */
  #answer(call) {
    if (call.url.pathname === "/favicon.ico") return { status: 404 };
    switch (call.url.host) {
      case LOGIN:
        return this.signIn.answer(call);
      case GRAPH:
        return this.graph.answer(call);
      case LAUNCHER:
        return launched(this, call);
      case LOGOS:
        return this.logos.answer(call);
      default:
        return { status: 200, headers: { "content-type": "text/html" }, body: "<title>My Apps</title><h1>My Apps</h1>" };
    }
  }

  /** @param {Call} call @param {string} why @returns {Answer} */
  breach(call, why) {
    this.breaches.push(`${call.method} ${call.url.href}: ${why}`);
    return { status: 400, body: JSON.stringify({ error: { code: "BadRequest", message: why } }), headers: { "access-control-allow-origin": "*" } };
  }

  /** The documents were kept to. */
  check() {
    assert.deepEqual(this.breaches, []);
  }

  stop() {}
}
