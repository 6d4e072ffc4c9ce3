/* On a phone a week shows one day; the picker switches it in place. */
export function start() {
  document.addEventListener("click", (event) => {
    const pick = event.target.closest?.(".iap-daypick a[data-day]");
    const table = pick?.closest(".iap-weekbox")?.querySelector("[data-day]:not(a)");
    if (!table) return;
    event.preventDefault();
    table.dataset.day = pick.dataset.day;
    for (const each of pick.parentElement.children) each.removeAttribute("aria-current");
    pick.setAttribute("aria-current", "true");
  });
}
