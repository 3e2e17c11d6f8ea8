// @ts-check
/** Which controls stand together. */
import { outer } from "./dom.js";

/**
 * The tree of the elements around controls, without those that hold only one branch.
 * @param {Element[]} leaves
 * @returns {{branch: (leaf: Element) => number, parents: number[]}}  the branch that a leaf grows on, -1 for the document's own,
 *   and the parent of every branch that was asked for, as the snapshot's `boxes`
 */
export function branches(leaves) {
  /** @type {Map<Element, number>} */ const counts = new Map();
  for (const leaf of leaves)
    for (let at = outer(leaf); at; at = outer(at)) {
      const count = counts.get(at) ?? 0;
      counts.set(at, count + 1);
      if (count > 0) break;
    }
  /** @type {Map<Element, number>} */ const numbers = new Map();
  /** @type {number[]} */ const parents = [];
  /** @param {Element} leaf */
  const branch = (leaf) => {
    /** @type {Element[]} */ const pending = [];
    let at = outer(leaf);
    for (; at && !numbers.has(at); at = outer(at)) if ((counts.get(at) ?? 0) > 1) pending.push(at);
    let number = (at && numbers.get(at)) ?? -1;
    for (const node of pending.reverse()) {
      number = parents.push(number) - 1;
      numbers.set(node, number);
    }
    return number;
  };
  return { branch, parents };
}
