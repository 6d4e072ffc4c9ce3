/* A pupil's own page: its parts read aloud where the device can speak, and closed when its time is over. */
const speech = globalThis.speechSynthesis;

function words(part) {
  const copy = part.cloneNode(true);
  copy.querySelectorAll("button, [aria-hidden=true], textarea, input, svg").forEach((each) => each.remove());
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

/* Shortly before the end what stands in the form is sent, so that no words are lost; then the page closes. */
const page = document.querySelector("[data-closes-in]");
const left = Number(page?.dataset.closesIn ?? 0) * 1000 - performance.now(); // counted from when the page was asked for
const form = page?.querySelector("form[data-said]");
const filled = () => [...new FormData(form)].some(([name, value]) => ["mood", "helped", "words"].includes(name) && value.trim());

if (page) {
  setTimeout(() => filled() && form.requestSubmit(), Math.max(0, left - 10_000));
  setTimeout(() => location.replace(location.pathname), left + 1_000);
}
