// @ts-check
/**
 * The stand-in for Microsoft's sign-in: authorization code with PKCE for a single-page application, as the public documents of
 * the Microsoft identity platform describe it. Whatever they do not allow is written down as a breach of the contract.
 */
import { createHash, randomUUID } from "node:crypto";

/** @typedef {import("./stand-in.mjs").Call} Call */
/** @typedef {import("./stand-in.mjs").Answer} Answer */
/** @typedef {import("./stand-in.mjs").StandIn} StandIn */

const COOKIE = "ESTSAUTH";
const AUTHORIZE = ["client_id", "response_type", "redirect_uri", "response_mode", "scope", "state", "code_challenge", "code_challenge_method", "prompt", "login_hint", "domain_hint"];
const TOKEN = ["client_id", "grant_type", "code", "redirect_uri", "code_verifier", "scope"];
/** What the registration allows; `offline_access` would bring a token that lasts longer than a day. */
const SCOPES = ["openid", "profile", "User.ReadBasic.All"];

export class SignIn {
  /** @type {Map<string, URLSearchParams>} codes that were not redeemed yet, with what was asked for */
  codes = new Map();
  /** Tokens, and when they end. @type {Map<string, number>} */
  tokens = new Map();
  /** Whether the person's browser holds a session. */
  sessions = new Set();
  /** The error that the next sign-ins end with, as Microsoft writes it. @type {{error: string, description: string} | undefined} */
  refusal;
  /** How long a token lasts, in seconds. */
  lifetime = 3599;

  /** @param {StandIn} standIn */
  constructor(standIn) {
    this.standIn = standIn;
  }

  /** @param {Call} call @returns {Answer} */
  answer(call) {
    const [, directory, ...rest] = call.url.pathname.split("/");
    const { tenant, domain } = this.standIn;
    if (![tenant, domain, "organizations"].includes(directory)) {
      return failure(400, "invalid_tenant", `AADSTS90002: Tenant '${directory}' not found.`);
    }
    switch (`${call.method} ${rest.join("/")}`) {
      case "GET v2.0/.well-known/openid-configuration":
        return json(200, this.#configuration(directory));
      case "GET oauth2/v2.0/authorize":
        return this.#authorize(call);
      case "POST oauth2/v2.0/chosen":
        return this.#chosen(call);
      case "POST oauth2/v2.0/token":
        return this.#token(call);
      case "GET oauth2/v2.0/logout":
        this.sessions.clear();
        return page("<h1>You signed out of your account</h1>");
      default:
        return this.standIn.breach(call, "there is no such address");
    }
  }

  /** @param {string} directory */
  #configuration(directory) {
    const { tenant } = this.standIn;
    const base = `https://login.microsoftonline.com/${directory}`;
    return {
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
      response_modes_supported: ["query", "fragment", "form_post"],
      response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
      scopes_supported: ["openid", "profile", "email", "offline_access"],
      issuer: `https://login.microsoftonline.com/${directory === "organizations" ? "{tenantid}" : tenant}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      tenant_region_scope: "EU",
      cloud_instance_name: "microsoftonline.com",
      cloud_graph_host_name: "graph.windows.net",
      msgraph_host: "graph.microsoft.com",
    };
  }

  /** @param {Call} call @returns {Answer} */
  #authorize(call) {
    const asked = call.url.searchParams;
    const wrong = this.#wrongAuthorize(asked);
    // A page, and no way back: an address that is not registered is not redirected to.
    if (wrong) return page(`<h1>Sorry, but we’re having trouble signing you in.</h1><p>${wrong}</p>`, 400);
    if (this.refusal) return this.#back(asked, { error: this.refusal.error, error_description: this.refusal.description });
    const session = /ESTSAUTH=([^;]+)/.exec(call.headers.cookie ?? "")?.[1];
    const known = session !== undefined && this.sessions.has(session);
    if (asked.get("prompt") === "none" && !known) {
      return this.#back(asked, { error: "login_required", error_description: "AADSTS50058: A silent sign-in request was sent but no user is signed in." });
    }
    if (known && asked.get("prompt") !== "select_account") return this.#withCode(asked);
    const fields = [...asked].map(([name, value]) => `<input type="hidden" name="${name}" value="${value.replaceAll('"', "&quot;")}">`);
    return page(`<h1>Pick an account</h1><form method="post" action="chosen">${fields.join("")}<button>${this.standIn.person.displayName}</button></form>`);
  }

  /** @param {URLSearchParams} asked */
  #wrongAuthorize(asked) {
    const { clientId, redirectUris, tenant } = this.standIn;
    const { standIn } = this;
    const must = (/** @type {string} */ name, /** @type {unknown} */ right) => void (right || standIn.breaches.push(`authorize: ${name} is ${asked.get(name)}`));
    for (const name of asked.keys()) if (!AUTHORIZE.includes(name)) standIn.breaches.push(`authorize: ${name} is not known`);
    must("response_type", asked.get("response_type") === "code");
    must("response_mode", asked.get("response_mode") === "query");
    must("state", (asked.get("state") ?? "").length >= 16);
    must("code_challenge", /^[\w-]{43}$/.test(asked.get("code_challenge") ?? ""));
    must("code_challenge_method", asked.get("code_challenge_method") === "S256");
    must("prompt", [null, "none", "select_account"].includes(asked.get("prompt")));
    must("scope", (asked.get("scope") ?? "").split(" ").every((scope) => SCOPES.includes(scope)));
    if (asked.get("client_id") !== clientId) return `AADSTS700016: Application with identifier '${asked.get("client_id")}' was not found in the directory '${tenant}'.`;
    const redirect = asked.get("redirect_uri") ?? "";
    return redirectUris.includes(redirect) ? undefined : `AADSTS50011: The redirect URI '${redirect}' specified in the request does not match.`;
  }

  /** @param {Call} call @returns {Answer} */
  #chosen(call) {
    const session = randomUUID();
    this.sessions.add(session);
    const answer = this.#withCode(new URLSearchParams(call.body));
    return { ...answer, headers: { ...answer.headers, "set-cookie": `${COOKIE}=${session}; Path=/; Secure; HttpOnly; SameSite=None; Max-Age=86400` } };
  }

  /** @param {URLSearchParams} asked */
  #withCode(asked) {
    const code = `0.${randomUUID()}`;
    this.codes.set(code, asked);
    return this.#back(asked, { code, session_state: randomUUID() });
  }

  /** @param {URLSearchParams} asked @param {Record<string, string>} said @returns {Answer} */
  #back(asked, said) {
    const answer = new URLSearchParams({ ...said, state: asked.get("state") ?? "" });
    return { status: 302, headers: { location: `${asked.get("redirect_uri")}?${answer}` } };
  }

  /** @param {Call} call @returns {Answer} */
  #token(call) {
    const sent = new URLSearchParams(call.body);
    const cors = { "access-control-allow-origin": "*" };
    const refuse = (/** @type {string} */ error, /** @type {string} */ description) => ({ ...failure(400, error, description), headers: { ...cors } });
    for (const name of sent.keys()) if (!TOKEN.includes(name)) return this.standIn.breach(call, `token: ${name} is not known`);
    if (!/^application\/x-www-form-urlencoded/.test(call.headers["content-type"] ?? "")) return this.standIn.breach(call, "token: no form");
    if (call.headers.cookie) return this.standIn.breach(call, "token: with cookies");
    if (!/^(chrome|moz)-extension:\/\//.test(call.headers.origin ?? "")) {
      this.standIn.breaches.push("token: without Origin");
      return refuse("invalid_request", "AADSTS9002327: Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.");
    }
    const asked = this.codes.get(sent.get("code") ?? "");
    this.codes.delete(sent.get("code") ?? "");
    if (!asked || sent.get("grant_type") !== "authorization_code") return refuse("invalid_grant", "AADSTS70000: The provided value for the 'code' parameter is not valid.");
    for (const name of ["client_id", "redirect_uri"]) if (sent.get(name) !== asked.get(name)) return this.standIn.breach(call, `token: another ${name}`);
    const challenge = createHash("sha256").update(sent.get("code_verifier") ?? "").digest("base64url");
    if (challenge !== asked.get("code_challenge")) return this.standIn.breach(call, "AADSTS501481: The Code_Verifier does not match the code_challenge");
    const token = `eyJ0.${randomUUID()}`;
    this.tokens.set(token, Date.now() + this.lifetime * 1000);
    const answer = { token_type: "Bearer", scope: SCOPES.join(" "), expires_in: this.lifetime, ext_expires_in: this.lifetime, access_token: token, id_token: "e30.e30." };
    return { ...json(200, answer), headers: { ...cors } };
  }
}

/** @param {number} status @param {object} document @returns {Answer} */
export const json = (status, document) => ({ status, body: JSON.stringify(document), headers: { "access-control-allow-origin": "*" } });

/** @param {number} status @param {string} error @param {string} description */
const failure = (status, error, description) =>
  json(status, { error, error_description: `${description} Trace ID: ${randomUUID()}`, error_codes: [Number(/\d+/.exec(description)?.[0])], timestamp: new Date().toISOString() });

/** @param {string} body @param {number} [status] @returns {Answer} */
export const page = (body, status = 200) => ({ status, body: `<!doctype html><title>Microsoft stand-in</title>${body}`, headers: { "content-type": "text/html; charset=utf-8" } });
