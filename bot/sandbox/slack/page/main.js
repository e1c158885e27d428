import { wire } from "./composer.js";
import { part } from "./dom.js";
import { drawModal } from "./modal.js";
import { drawConversation, drawThread } from "./panes.js";
import { drawSidebar } from "./sidebar.js";
import { ask, conversation, post, refresh, route, store, t } from "./store.js";

const PAUSE = 2000;

store.draw = () => {
  const { me, team, conversations } = store.snapshot;
  const unread = conversations.reduce((sum, one) => sum + one.unread, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${conversation(route().channel)?.name ?? ""} – ${team.name}`;
  document.documentElement.lang = me.locale;
  document.querySelectorAll("[data-t]").forEach((node) => (node.textContent = t(node.dataset.t)));
  document.querySelectorAll("[data-name]").forEach((node) => (node.ariaLabel = node.title = t(node.dataset.name)));
  for (const draw of [drawSidebar, drawConversation, drawThread, drawModal]) draw();
  see();
};

function see() {
  if (!store.snapshot) return;
  const { channel, thread } = route();
  const seen = document.visibilityState === "visible" && thread !== "home";
  if (seen && conversation(channel)?.unread) ask("read", { channel });
}

function arrive() {
  if (!store.snapshot) return;
  store.draw();
  part("text").focus();
  if (route().thread === "home") post("home", {});
}

function listen() {
  const changes = new EventSource("/page/changes");
  changes.onmessage = () => refresh().then(() => (part("offline").hidden = true), lost);
  changes.onerror = () => {
    lost(new Error(t("offline")));
    if (changes.readyState === EventSource.CLOSED) setTimeout(listen, PAUSE);
  };
}

function lost(error) {
  console.error(error);
  Object.assign(part("offline"), { textContent: error.message, hidden: false });
}

document.querySelectorAll(".composer").forEach(wire);
window.addEventListener("hashchange", arrive);
window.addEventListener("popstate", () => refresh().catch(lost));
document.addEventListener("visibilitychange", see);
listen();
