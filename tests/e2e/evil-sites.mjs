// @ts-check
/**
 * Sites that are after a password: any name below `localhost`, any page, on two ports. Every page records what its fields
 * hold and how it came there, and tells the sites; what is sent to them is kept as well.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

/** @typedef {{html?: string, headers?: Record<string, string>, to?: string}} HostilePage  a page, or where it leads */
/** @typedef {{how: string, tag: string, type: string, name: string, id: string, connected: boolean, page: string, value: string}} Heard  a field's value, as a page saw it */
/** @typedef {{host: string, method: string, address: string, purpose: string, body: string}} Received  a request, as a site got it */

const RECORDER = readFileSync(new URL("../pages/hostile/recorder.js", import.meta.url), "utf8");

export class EvilSites {
  /** @type {Map<string, HostilePage>} */
  #pages = new Map();
  /** @type {import("node:http").Server[]} */
  #servers = [];
  /** What pages saw in their fields. @type {Heard[]} */
  heard = [];
  /** For how many milliseconds each password that was sent had stood in its field. @type {{exposed: number, page: string}[]} */
  exposures = [];
  /** Everything that was asked of any of the sites, except for what the recorder reports. @type {Received[]} */
  received = [];
  port = 0;
  /** The same sites once more: another port is another origin. */
  otherPort = 0;

  async start() {
    this.port = await this.#listen();
    this.otherPort = await this.#listen();
  }

  stop() {
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
  }

  /** From now on `?page=NAME` is this page, on every host and path. @param {string} name @param {HostilePage | string} page */
  page(name, page) {
    this.#pages.set(name, typeof page === "string" ? { html: page } : page);
  }

  /** An address on one of the sites. @param {string} host without `.localhost` @param {string} path @param {string} [page] */
  at(host, path, page) {
    return `http://${host}.localhost:${this.port}${path}${page ? `?page=${page}` : ""}`;
  }

  /** What was sent to the sites by forms. */
  get sent() {
    return this.received.filter(({ method }) => method === "POST");
  }

  forget() {
    this.heard = [];
    this.received = [];
  }

  /** Where a secret turned up: in fields, and in requests. @param {string} secret */
  sightings(secret) {
    return {
      fields: this.heard.filter(({ value }) => value.includes(secret)),
      requests: this.received.filter((received) => JSON.stringify(received).includes(secret)),
    };
  }

  async #listen() {
    const server = createServer((question, answer) => void this.#answer(question, answer));
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    this.#servers.push(server);
    return /** @type {import("node:net").AddressInfo} */ (server.address()).port;
  }

  /** @param {import("node:http").IncomingMessage} question @param {import("node:http").ServerResponse} answer */
  async #answer(question, answer) {
    let body = "";
    for await (const part of question) body += part;
    const address = new URL(question.url ?? "/", "http://sites.localhost");
    if (address.pathname === "/heard") {
      for (const told of JSON.parse(body)) {
        if ("exposed" in told) this.exposures.push(told);
        else this.heard.push(told);
      }
      return answer.writeHead(204, { "access-control-allow-origin": "*" }).end();
    }
    const { host = "", "sec-purpose": purpose = "" } = question.headers;
    this.received.push({ host, method: question.method ?? "", address: question.url ?? "", purpose: String(purpose), body });
    if (question.method === "POST") return answer.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Received</title><p>Received");
    const page = this.#pages.get(address.searchParams.get("page") ?? "") ?? this.#pages.get("");
    if (!page) return answer.writeHead(404).end();
    if (page.to) return answer.writeHead(302, { location: page.to }).end();
    answer.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", ...page.headers });
    answer.end(this.recorded(page.html ?? ""));
  }

  /** The page with the recorder as its first script; also for pages that are no web pages. @param {string} html */
  recorded(html) {
    const recorder = RECORDER.replaceAll("COLLECTOR", `http://collector.localhost:${this.port}/heard`);
    return html.replace(/<meta charset="utf-8">/, `$&<script>${recorder}</script>`);
  }
}
