/* The pill that says whether what was tapped has left this device: "none", "saved", "sending" or "offline". */
let kept = 0;

export function showSync(state, count = 0) {
  kept = count;
  const pill = document.getElementById("sync");
  if (!pill) return;
  pill.querySelectorAll("[data-count]").forEach((place) => (place.textContent = count));
  pill.querySelectorAll("[data-kept]").forEach((place) => (place.hidden = count === 0));
  pill.dataset.state = state;
}

export function start() {
  const look = () => showSync(navigator.onLine ? (kept ? "sending" : "none") : "offline", kept);
  addEventListener("online", look);
  addEventListener("offline", look);
  if (!navigator.onLine) look();
}
