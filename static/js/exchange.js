/* Puts a new version of a part of the page in place of the old one, around elements that must stay as they are:
   what has the focus, what somebody is writing in. Those are never moved, for a moved element loses the focus. */

/* Children that hold kept elements, each with its new version; null where the versions do not fit together. */
function pairs(old, fresh, kept) {
  const found = [];
  for (const child of old.children) {
    const held = kept.find((each) => child.contains(each));
    if (!held) continue;
    const own = `#${CSS.escape(held.id)}`;
    const at = [...fresh.children].findIndex((each) => each.matches(own) || each.querySelector(own));
    if (at < 0 || at <= (found.at(-1)?.at ?? -1)) return null;
    found.push({ at, child, twin: fresh.children[at] });
  }
  return found;
}

function fits(old, fresh, kept) {
  if (kept.includes(old)) return old.id === fresh.id;
  return pairs(old, fresh, kept)?.every(({ child, twin }) => fits(child, twin, kept)) ?? false;
}

function patch(old, fresh, kept) {
  if (kept.includes(old)) return;
  const stays = new Map(pairs(old, fresh, kept).map(({ child, twin }) => [twin, child]));
  const staying = new Set(stays.values());
  for (const name of old.getAttributeNames()) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
  for (const node of [...old.childNodes]) if (!staying.has(node)) node.remove();
  let next = old.firstChild;
  for (const node of [...fresh.childNodes]) {
    const same = stays.get(node);
    if (same) {
      patch(same, node, kept);
      next = same.nextSibling;
    } else old.insertBefore(node, next);
  }
}

/* False, and nothing changed, where the kept elements (each with an id) have no place in the new version. */
export function exchange(old, fresh, kept) {
  if (!fits(old, fresh, kept)) return false;
  if (kept.length) patch(old, fresh, kept);
  else old.replaceWith(fresh);
  return true;
}
