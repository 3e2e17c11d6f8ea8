// @ts-check
// Medians, percentiles and ratios. Absolute times are the machine's; only ratios within one run are held to a limit.

/**
 * @typedef {object} Row One measured thing, a line of the table.
 * @property {string} what
 * @property {string} browser or what it is a part of.
 * @property {string} unit
 * @property {number} value the median, or a sum where counts are added.
 * @property {number} [p95]
 * @property {string} [peer] what it is compared with.
 * @property {number} [peerValue] the peer's, measured in the same run.
 * @property {number} [ratio]
 * @property {number} [limit] of the ratio, or of the value where there is no peer.
 */

/** @param {number[]} values @param {number} share between 0 and 1; the nearest rank. */
export function percentile(values, share) {
  if (values.length === 0) throw new Error("Nothing was measured.");
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** @param {number[]} values */
export const median = (values) => percentile(values, 0.5);

/**
 * A row that compares medians.
 * @param {{what: string, browser: string, unit: string, values: number[], peer: string, peers: number[], limit?: number}} measured
 * @returns {Row}
 */
export function compared({ what, browser, unit, values, peer, peers, limit }) {
  const [value, peerValue] = [median(values), median(peers)];
  return { what, browser, unit, value, p95: percentile(values, 0.95), peer, peerValue, ratio: value / peerValue, limit };
}

/** Whether the row is over its limit. @param {Row} row */
export const isOver = ({ value, ratio, limit }) => limit !== undefined && (ratio ?? value) > limit;

/** @param {Row[]} rows */
export function table(rows) {
  const number = (/** @type {number | undefined} */ value) =>
    value === undefined ? "" : Number.isInteger(value) ? value.toLocaleString("en") : value.toFixed(value < 10 ? 2 : 1);
  const lines = rows.map((row) => [
    row.browser,
    row.what,
    `${number(row.value)} ${row.unit}`.trim(),
    number(row.p95),
    row.peer ? `${number(row.peerValue)} ${row.peer}` : "",
    row.ratio === undefined ? "" : `${row.ratio.toFixed(2)}×`,
    row.limit === undefined ? "" : `${isOver(row) ? "OVER" : "ok"} (${number(row.limit)}${row.ratio === undefined ? "" : "×"})`,
  ]);
  const all = [["", "", "median", "p95", "peer", "ratio", "limit"], ...lines];
  const widths = all[0].map((_, column) => Math.max(...all.map((line) => line[column].length)));
  return all.map((line) => line.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd()).join("\n");
}
