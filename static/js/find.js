/* Find a pupil while typing: arrows go through the names under the box, Enter opens the chosen one. */
import { say } from "./live.js";

const FEWEST = 2; // letters worth asking for

export function start() {
  const box = document.getElementById("find");
  const found = document.getElementById("find-found");
  if (!box || !found) return;
  const options = () => [...found.querySelectorAll("[role=option]")];
  const enough = () => box.value.replaceAll(" ", "").length >= FEWEST;

  const choose = (chosen) => {
    for (const option of options()) option.setAttribute("aria-selected", String(option === chosen));
    if (chosen) box.setAttribute("aria-activedescendant", chosen.id);
    else box.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  };

  const show = () => {
    box.setAttribute("aria-expanded", String(options().length > 0));
    choose(null);
  };

  const clear = (words = "") => {
    found.textContent = words;
    show();
  };

  const step = (by) => {
    const all = options();
    const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    choose(all[at < 0 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length]);
  };

  box.addEventListener("input", () => enough() || clear());
  box.addEventListener("htmx:beforeRequest", (event) => enough() || event.preventDefault());
  for (const problem of ["htmx:sendError", "htmx:responseError"])
    box.addEventListener(problem, () => clear("Names cannot be fetched just now. Press Find to try again."));

  found.addEventListener("htmx:afterSwap", () => {
    if (!enough()) return clear();
    show();
    const count = options().length;
    const words = found.querySelector("p")?.textContent.trim();
    say([count && `${count} ${count === 1 ? "pupil" : "pupils"}`, words].filter(Boolean).join(". "));
  });

  box.addEventListener("keydown", (event) => {
    if (!options().length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape") {
      clear();
      event.stopPropagation(); // the menu itself closes with the next one
    } else if (event.key === "Enter" && box.hasAttribute("aria-activedescendant"))
      document.getElementById(box.getAttribute("aria-activedescendant")).click();
    else return;
    event.preventDefault();
  });
}
