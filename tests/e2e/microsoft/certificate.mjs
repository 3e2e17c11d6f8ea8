// @ts-check
/** A certificate for names that are not ours, from an authority that only the browser of one test trusts and that ends with it. */
import { execFileSync } from "node:child_process";
import { X509Certificate, createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** @typedef {{key: string, certificate: string, authority: string, publicKey: string}} Certificate
 * PEM texts, and the SHA-256 of the public key in base64, as Chromium wants to hear it */

/** @param {string[]} names @returns {Certificate} */
export function certificateFor(names) {
  const folder = mkdtempSync(join(tmpdir(), "my-apps-certificate-"));
  const file = (/** @type {string} */ name) => join(folder, name);
  const openssl = (/** @type {string[]} */ ...args) => execFileSync("openssl", args, { stdio: ["ignore", "ignore", "pipe"] });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  try {
    openssl("req", "-x509", ...key, "-keyout", file("authority.key"), "-out", file("authority.pem"), "-days", "2", "-subj", "/CN=Stand-in authority",
      "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign");
    openssl("req", ...key, "-keyout", file("key.pem"), "-out", file("request.pem"), "-subj", "/CN=Stand-in");
    writeFileSync(file("extensions"), `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}\nextendedKeyUsage=serverAuth\n`);
    openssl("x509", "-req", "-in", file("request.pem"), "-CA", file("authority.pem"), "-CAkey", file("authority.key"), "-CAcreateserial",
      "-out", file("certificate.pem"), "-days", "1", "-extfile", file("extensions"));
    const certificate = readFileSync(file("certificate.pem"), "utf8");
    const spki = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "der" });
    const publicKey = createHash("sha256").update(spki).digest("base64");
    return { key: readFileSync(file("key.pem"), "utf8"), certificate, authority: readFileSync(file("authority.pem"), "utf8"), publicKey };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
