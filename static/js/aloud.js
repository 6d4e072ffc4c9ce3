/* Reads a part of the page aloud, where the device can speak. Without it the button stays hidden. */
const speech = globalThis.speechSynthesis;

function words(part) {
  const copy = part.cloneNode(true);
  copy.querySelectorAll("button, [aria-hidden=true], textarea, input, svg, .noaloud").forEach((each) => each.remove());
  return copy.textContent.replace(/\s+/g, " ").trim();
}

for (const button of document.querySelectorAll("[data-aloud]")) {
  if (!speech) break;
  button.hidden = false;
  button.addEventListener("click", () => {
    const speaking = button.getAttribute("aria-pressed") === "true";
    speech.cancel();
    document.querySelectorAll("[data-aloud]").forEach((each) => each.setAttribute("aria-pressed", "false"));
    if (speaking) return;
    const said = new SpeechSynthesisUtterance(words(document.getElementById(button.dataset.aloud)));
    said.lang = "en-GB";
    said.rate = 0.95;
    said.onend = () => button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-pressed", "true");
    speech.speak(said);
  });
}
