/* Today and My lessons: a tap counts at once, is stored here before it is shown, and is sent in order. The board of
   Today asks again every fifteen seconds; an unchanged one answers 304. Pages work without this file, as plain forms. */
import { exchange } from "./exchange.js";
import { say } from "./live.js";
import { forget, keep, waiting } from "./queue.js";
import { showSync } from "./sync.js";
import { problem } from "./toasts.js";

const RETRY = 10_000;
const PATIENCE = 15_000;
let sending = false;
let tag = "";
let held = ""; // what was left as it was when the board was last exchanged

const board = () => document.getElementById("board");
const user = () => document.body.dataset.user ?? "";
const headers = () => ({ "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers") || "{}") });

/* A redirect leads to signing in, or to the second step of it. */
const isOut = (answer) => answer.status === 401 || answer.type === "opaqueredirect";

function uuid() {
  if (globalThis.crypto?.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

/* Everything that a form of a tile sends, made an entry of its own: each real tap has its own UUID and time. */
async function tapped(event) {
  const form = event.target.closest?.("form[data-tap]");
  if (!form) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const fields = Object.fromEntries(new FormData(form, event.submitter));
  delete fields.csrfmiddlewaretoken;
  const isNote = fields.act === "note";
  if (!isNote) {
    delete fields.text;
    delete fields.follow_up;
  }
  fields.entry = uuid();
  fields.at = new Date().toISOString();
  const live = form.closest(".iap-tile__live");
  const tap = { user: user(), url: form.getAttribute("action"), fields, tile: live.id };
  await keep(tap);
  lookQueued(live, fields);
  if (isNote) live.querySelector(".iap-note-box")?.remove();
  send();
}

/* A box for a note, from the page's pattern; a second press puts it away unless something stands in it. */
function note(event) {
  const link = event.target.closest?.("[data-note]");
  const pattern = document.getElementById("note-box");
  if (!link || !pattern) return;
  event.preventDefault();
  const live = link.closest(".iap-tile__live");
  const open = live.querySelector(".iap-note-box");
  if (open) {
    if (!open.querySelector("textarea").value) open.remove();
    else open.querySelector("textarea").focus();
    return;
  }
  const box = pattern.content.firstElementChild.cloneNode(true);
  const form = live.querySelector("form[data-tap]").id;
  for (const part of box.querySelectorAll("[form]")) part.setAttribute("form", form);
  box.querySelector("label").htmlFor = box.querySelector("textarea").id = `note-${form}`;
  box.querySelector("label").textContent = `A note about ${live.dataset.name}`;
  live.append(box);
  box.querySelector("textarea").focus();
}

/* The tile as it looks between a tap and the server's answer. */
function lookQueued(live, fields) {
  if (!live) return;
  if (fields.readiness || fields.outcome) {
    for (const face of live.querySelectorAll(".iap-mood__b")) face.setAttribute("aria-pressed", String(face.value === fields[face.name]));
    live.querySelector(".iap-mood")?.classList.add("iap-mood--done", "iap-mood--queued");
  }
  const status = live.querySelector(".iap-tile__status");
  if (status) status.textContent = "Will send";
}

async function send() {
  if (sending) return;
  sending = true;
  let sent = false;
  try {
    let rest = await waiting(user());
    while (rest.length) {
      showSync(navigator.onLine ? "sending" : "offline", rest.length);
      if (!(await sendOne(rest[0]))) break;
      sent = true;
      rest = await waiting(user());
    }
    if (sent && !rest.length) showSync("saved", 0);
  } finally {
    sending = false;
  }
}

/* True once the server has answered for good; false keeps the tap here for the next try. */
async function sendOne(tap) {
  let answer;
  try {
    answer = await fetch(tap.url, {
      method: "POST",
      headers: headers(),
      body: new URLSearchParams(tap.fields),
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    showSync("offline", (await waiting(user())).length);
    return false;
  }
  if (isOut(answer) || answer.status === 403) return signedOut();
  if (answer.status >= 500 || answer.status === 429) return false;
  const html = [200, 409, 422].includes(answer.status) ? await answer.text() : "";
  await forget(tap.number);
  if (html) show(tap, html);
  else alertAbout(tap);
  tag = "";
  return true;
}

/* Signed out meanwhile: what was tapped stays here until the same person signs in again. */
async function signedOut() {
  const kept = (await waiting(user())).length;
  showSync("offline", kept);
  problem(`You have been signed out. ${kept === 1 ? "One entry is" : `${kept} entries are`} kept on this device. Open this page again and sign in: they are sent then.`);
  return false;
}

function show(tap, html) {
  const live = document.getElementById(tap.tile);
  if (!live) return;
  const held = live.contains(document.activeElement) ? document.activeElement : null;
  const again = held && { name: held.name, value: held.value };
  const writing = live.querySelector(".iap-note-box");
  const fresh = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  if (writing && !fresh.querySelector(".iap-note-box")) fresh.append(writing);
  live.replaceWith(fresh);
  if (again?.name) fresh.querySelector(`[name="${CSS.escape(again.name)}"][value="${CSS.escape(again.value)}"]`)?.focus({ preventScroll: true });
  const wrong = fresh.querySelector("[role=alert]");
  if (wrong) wrong.focus();
  else say(`${fresh.closest("article").querySelector("h2, h3").textContent.trim()}, ${word(fresh)}saved`);
}

function word(live) {
  const face = live.querySelector(".iap-mood__b[aria-pressed=true] span");
  return face ? `${face.textContent.trim()}, ` : "";
}

function alertAbout() {
  problem("One entry could not be kept: the pupil or session is no longer there. Reload the page to see what stands.");
}

/* Tiles that have the focus or an open note, and whatever else in the board has the focus. */
function atWork(part) {
  const active = part.contains(document.activeElement) ? document.activeElement : null;
  const tiles = [...part.querySelectorAll(".iap-tile")].filter((tile) => tile.contains(active) || tile.querySelector(".iap-note-box"));
  return active && !active.closest(".iap-tile") ? [...tiles, active.closest("[id]")] : tiles;
}

/* Ask for the board again, and put it in place around what somebody is at work in. */
async function refresh() {
  const part = board();
  if (!part || "still" in part.dataset || (await waiting(user())).length) return;
  const names = (kept) => kept.map((each) => each.id).join();
  if (names(atWork(part)) !== held) tag = ""; // what was left alone may be exchanged now
  try {
    const answer = await fetch(location.pathname, {
      headers: { "HX-Request": "true", ...(tag && { "If-None-Match": tag }) },
      credentials: "same-origin",
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (isOut(answer)) return problem("You have been signed out. Open this page again and sign in to see what is new.");
    if (document.getElementById("sync")?.dataset.state === "offline") showSync("none", 0);
    if (answer.status !== 200) return;
    const html = await answer.text();
    if (sending) return;
    const kept = atWork(part);
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("board");
    if (!fresh || !exchange(part, fresh, kept)) return;
    tag = answer.headers.get("ETag") || "";
    held = names(kept);
    minutes();
  } catch {
    showSync("offline", 0);
  }
}

/* How long each break has run, counted here so that the board itself stays the same. */
function minutes() {
  for (const place of document.querySelectorAll("[data-since]")) {
    const gone = Math.max(0, Math.floor((Date.now() - new Date(place.dataset.since)) / 60_000));
    place.textContent = `${gone} min`;
  }
}

document.addEventListener("submit", tapped, true);
document.addEventListener("click", note);
document.body.addEventListener("iap:poll", refresh);
addEventListener("online", send);
setInterval(send, RETRY);
setInterval(minutes, 20_000);
minutes();
send();
