/* Good news goes by itself after ten seconds, though never under a finger or while focused. */
const STAYS = 10_000;

function settle(toast) {
  const close = toast.querySelector("[data-close]");
  if (close) {
    close.hidden = false;
    close.addEventListener("click", () => toast.remove());
  }
  if (!toast.hasAttribute("data-toast")) return;
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : toast.remove());
  setTimeout(leave, STAYS);
}

export function start() {
  const box = document.getElementById("toasts");
  if (!box) return;
  box.querySelectorAll(".iap-toast").forEach(settle);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.matches?.(".iap-toast")) settle(node);
  }).observe(box, { childList: true });
}

/* What somebody must know and do, said once; it stays until it is closed with the page. */
export function problem(...words) {
  const box = document.getElementById("toasts");
  const toast = document.createElement("div");
  toast.className = "iap-toast iap-toast--look";
  toast.setAttribute("role", "alert");
  toast.append(document.createElement("span"));
  toast.firstChild.append(...words);
  if (box && ![...box.children].some((each) => each.textContent.includes(toast.textContent))) box.append(toast);
}
