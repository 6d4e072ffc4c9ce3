/* Fires `iap:poll` on the body every fifteen seconds while the page is looked at, so that a part can ask again
   with hx-trigger="iap:poll from:body". A part that has focus, or an open note, is left alone. */
const EVERY = 15_000;

const busy = (part) => part.contains(document.activeElement) || part.querySelector("details[open] textarea, [aria-busy=true]");

export function start() {
  setInterval(() => {
    if (!document.hidden && navigator.onLine) document.body.dispatchEvent(new Event("iap:poll"));
  }, EVERY);
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig?.triggeringEvent?.type === "iap:poll" && busy(event.detail.target)) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) document.body.dispatchEvent(new Event("iap:poll"));
  });
}
