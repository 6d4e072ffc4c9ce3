/* A list of rows that open beside it: arrows walk through them, and the open one is marked. */
const links = () => [...document.querySelectorAll("[data-rows] .iap-qrow__who a")];

document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const all = links();
  const at = all.indexOf(document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  all[at + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
});

document.addEventListener("htmx:afterSwap", (event) => {
  const drawer = document.getElementById("drawer");
  const source = event.detail.requestConfig?.elt;
  if (!drawer?.matches(".iap-drawer") || !source?.closest?.("[data-rows]")) return;
  for (const link of links()) link.toggleAttribute("aria-current", link === source);
  source.setAttribute("aria-current", "true");
  document.getElementById("h-ref")?.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector(".iap-drawer [aria-label='Close referral']")?.click();
});
