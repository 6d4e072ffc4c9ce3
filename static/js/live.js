/* Tells a screen reader what happened, once a second at most. */
const waiting = [];
let timer = 0;

export function say(words) {
  waiting.push(words);
  timer ||= setTimeout(() => {
    timer = 0;
    const region = document.getElementById("live");
    if (region) region.textContent = waiting.splice(0).join(". ");
  }, 1000);
}
