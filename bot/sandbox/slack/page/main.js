import { wire } from "./composer.js";
import { give, part } from "./dom.js";
import { drawModal } from "./modal.js";
import { drawConversation, drawSidebar, drawThread } from "./panes.js";
import { conversation, post, refresh, route, store, t } from "./store.js";

const [PAUSE, NEAR] = [2000, 60];
store.draw = () => {
  const { me, team, conversations } = store.snapshot;
  const unread = conversations.reduce((sum, one) => sum + one.unread, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${conversation(route().channel)?.name ?? ""} – ${team.name}`;
  document.documentElement.lang = me.locale;
  for (const draw of [drawSidebar, drawConversation, drawThread, drawModal]) draw();
  document.querySelectorAll("[data-t]").forEach((node) => (node.textContent = t(node.dataset.t)));
  document.querySelectorAll("[data-name]").forEach((node) => (node.ariaLabel = node.title = t(node.dataset.name)));
  see();
};
function see() {
  const { channel, thread } = store.snapshot ? route() : {};
  const seen = document.visibilityState === "visible" && thread !== "home";
  if (channel && seen && conversation(channel)?.unread) post("read", { channel });
}
function arrive() {
  if (store.snapshot) store.draw();
  part(part("thread").hidden ? "text" : "reply").focus();
  if (location.hash.endsWith("/home")) post("home", {});
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
for (const box of document.querySelectorAll(".messages")) {
  give(box, { onscroll: () => (box.atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR) });
  new ResizeObserver(() => box.atEnd && box.scrollTo(0, box.scrollHeight)).observe(box);
}
give(window, { onhashchange: arrive });
give(document, { onvisibilitychange: see });
listen();
