/* Files dropped on a picker's box become the picker's, and their names are shown. Without this the picker does. */
const names = (input) => [...input.files].map((file) => file.name).join(", ");

export function start() {
  for (const box of document.querySelectorAll("[data-drop]")) {
    const input = box.querySelector("input[type=file]");
    const said = box.querySelector("[data-drop-names]");
    const over = (event, on) => { event.preventDefault(); box.classList.toggle("is-over", on); };
    box.classList.add("has-drop");
    box.addEventListener("dragover", (event) => over(event, true));
    box.addEventListener("dragleave", (event) => over(event, false));
    box.addEventListener("drop", (event) => {
      over(event, false);
      if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change"));
    });
    input.addEventListener("change", () => { said.textContent = names(input); });
  }
}

start();
