/* Before a form is sent: is the person who opened the page still signed in, and does the server answer? If not, the
   form stays as typed, and a word says what to do. Signing in again elsewhere changes the token, so it is brought along. */
import { problem } from "./toasts.js";

const PATIENCE = 15_000;
const KEPT = "What you typed is still here: ";
const asking = new WeakSet(); // forms one of whose buttons was pressed: another press waits for the answer to it
const sure = new WeakSet(); // forms that may go

function signIn(words) {
  const link = document.createElement("a");
  link.href = "/";
  link.target = "_blank";
  link.textContent = "Sign in in another tab";
  problem(words, link, ", then press the button again.");
}

async function stillIn() {
  try {
    const answer = await fetch("/still-here/", { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status === 401) return signIn(`You have been signed out. ${KEPT}`);
    if (!answer.ok) throw new Error(answer.statusText);
    const now = await answer.json();
    if (now.user === document.body.dataset.user) return now.token;
    signIn("Somebody else has signed in on this device, and this is not sent under their name. ");
  } catch {
    problem(`The server cannot be reached. ${KEPT}press the button again in a moment.`);
  }
}

async function ask(event) {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || form.method !== "post" || sure.delete(form)) return;
  event.preventDefault();
  if (asking.has(form)) return;
  asking.add(form);
  submitter?.setAttribute("aria-busy", "true");
  const token = await stillIn();
  submitter?.removeAttribute("aria-busy");
  asking.delete(form);
  if (!token) return;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  sure.add(form);
  form.requestSubmit(submitter);
}

export function start() {
  if (!document.body.dataset.user) return;
  document.addEventListener("submit", ask);
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.xhr.status === 401) problem("You have been signed out. Reload this page and sign in to see the rest.");
  });
}
