/* What was tapped and has not left this device yet. Kept in IndexedDB, in the order of tapping, under the person
   who tapped it: it is never sent as somebody else. Where a browser gives no IndexedDB, memory has to do. */
const NAME = "iap-taps";
const STORE = "taps";
let opened = null;
const memory = new Map();

function database() {
  opened ??= new Promise((resolve) => {
    const asked = globalThis.indexedDB?.open(NAME, 1);
    if (!asked) return resolve(null);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "number", autoIncrement: true });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => resolve(null);
  });
  return opened;
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/* Resolves with the tap's number once it is stored. */
export async function keep(tap) {
  const db = await database();
  if (!db) {
    const number = Date.now() + memory.size / 1000;
    memory.set(number, { ...tap, number });
    return number;
  }
  return done(db.transaction(STORE, "readwrite").objectStore(STORE).add(tap));
}

/* This person's taps, the first first. */
export async function waiting(user) {
  const db = await database();
  const all = db ? await done(db.transaction(STORE).objectStore(STORE).getAll()) : [...memory.values()];
  return all.filter((tap) => tap.user === user);
}

export async function forget(number) {
  memory.delete(number);
  const db = await database();
  if (db) await done(db.transaction(STORE, "readwrite").objectStore(STORE).delete(number));
}
