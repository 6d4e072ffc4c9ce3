/* Menus are <details>: Escape and a click elsewhere close them; a search opens with the cursor in it. */
const open = () => document.querySelectorAll("details.iap-menu[open]");

export function start() {
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  for (const field of document.querySelectorAll("details.iap-menu [role=combobox]")) {
    const menu = field.closest("details");
    menu.addEventListener("toggle", () => menu.open && field.focus());
  }
}
