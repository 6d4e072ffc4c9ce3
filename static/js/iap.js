/* What every page does. Pages work without it. Further modules register themselves the same way. */
import { start as find } from "./find.js";
import { start as focus } from "./focus.js";
import { start as menus } from "./menus.js";
import { start as poll } from "./poll.js";
import { start as still } from "./still.js";
import { start as sync } from "./sync.js";
import { start as toasts } from "./toasts.js";
import { start as week } from "./week.js";

for (const start of [find, focus, menus, poll, still, sync, toasts, week]) start();
