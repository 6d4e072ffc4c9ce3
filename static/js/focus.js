/* Where focus goes: to what must be put right; after a swap, back to the same control or to its heading. */

function toErrors(root) {
  const box = root.matches?.("[data-focus]") ? root : root.querySelector("[data-focus]");
  box?.focus();
}

export function start() {
  toErrors(document);

  let held = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const active = document.activeElement;
    held = event.detail.target?.contains(active)
      ? { id: active.id, name: active.name, value: active.value, home: active.closest("[aria-labelledby]")?.getAttribute("aria-labelledby") }
      : null;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    toErrors(event.detail.elt);
    if (held && document.activeElement === document.body) place(held);
    held = null;
  });

  // A button that is saving says so, and keeps its width.
  const busy = (event, on) => {
    const from = event.detail.requestConfig?.triggeringEvent?.submitter ?? event.detail.elt;
    if (from.matches?.("button, a")) on ? from.setAttribute("aria-busy", "true") : from.removeAttribute("aria-busy");
  };
  document.addEventListener("htmx:beforeSend", (event) => busy(event, true));
  document.addEventListener("htmx:afterRequest", (event) => busy(event, false));
}

function place({ id, name, value, home }) {
  const heading = home && document.getElementById(home);
  const same = id
    ? document.getElementById(id)
    : name && heading?.closest("[aria-labelledby]")?.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
  (same || heading)?.focus({ preventScroll: true });
}
