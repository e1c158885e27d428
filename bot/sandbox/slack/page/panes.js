import { drawComposer } from "./composer.js";
import { h, icon, part, renew } from "./dom.js";
import { placeOf } from "./elements.js";
import { counted, drawMessage, thingsOf } from "./messages.js";
import { drawView } from "./modal.js";
import { named } from "./sidebar.js";
import { actor, conversation, route, store, t } from "./store.js";

const NEAR = 60;

/** Draw the conversation one is in, or the app's Home tab. */
export function drawConversation() {
  const [{ channel, thread }, { app, home }] = [route(), store.snapshot];
  const nowhere = { id: channel, name: "", kind: "none", messages: [], note: t("unseen") };
  const { messages, ...one } = conversation(channel) ?? nowhere;
  const hasHome = one.kind === "im" && app.has_home;
  const atHome = hasHome && thread === "home";
  const count = (members) => h("span", { title: t("members", members) }, icon("people"), `${members}`);
  renew(part("heading"), [one], () => h("span", named(one), one.kind === "im" && h("span.badge", "APP")));
  renew(part("members"), one.kind === "im" || one.note ? [] : [one.members], count);
  part("tabs").hidden = !hasHome;
  Object.assign(part("to-home"), { href: `#/${channel}/home`, ariaCurrent: atHome ? "page" : null });
  Object.assign(part("to-messages"), { href: `#/${channel}`, ariaCurrent: atHome ? null : "page" });
  part("home").hidden = !atHome;
  part("no-home").hidden = Boolean(home);
  drawView(part("home-blocks"), home?.blocks ?? [], {}, placeOf("home", { view: home?.id }));
  fill(part("main"), one, thingsOf("main", channel, messages), "", atHome);
}

/** Draw the thread that is open beside the conversation, if any. */
export function drawThread() {
  const { channel, thread } = route();
  const one = conversation(channel);
  const root = one?.messages.find((message) => message.ts === thread);
  part("thread").hidden = !root;
  if (!root) return;
  renew(part("thread-of"), [one.name], () => h("span", named({ ...one, is_shared: false })));
  part("close-thread").href = `#/${channel}`;
  const replies = [{ day: counted(root.replies) }, ...thingsOf("thread", channel, root.replies, thread)];
  fill(part("thread"), one, [...thingsOf("thread", channel, [root], thread), ...replies], thread, false);
}

function fill(pane, one, things, thread, atHome) {
  const [key, scroll] = [`${actor()}/${one.id}/${thread}`, pane.querySelector(".messages")];
  const fresh = pane.dataset.key !== key;
  const follows = fresh || scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
  const before = scroll.querySelector(".marked")?.id;
  pane.dataset.key = key;
  scroll.hidden = atHome;
  scroll.dataset.empty = one.can_write ? t("empty", store.snapshot.app.name) : "";
  renew(scroll, things, (thing) => (thing.day ? h("h3.day", h("span", thing.day)) : drawMessage(thing)));
  const readOnly = one.note ?? t(one.is_archived ? "archived" : "readOnly");
  Object.assign(pane.querySelector(".note"), { textContent: readOnly, hidden: one.can_write || atHome });
  drawComposer(pane.querySelector(".composer"), one, thread, !one.can_write || atHome);
  const marked = scroll.querySelector(".marked");
  if (marked && (fresh || marked.id !== before)) marked.scrollIntoView({ block: "center" });
  else if (follows) scroll.scrollTop = scroll.scrollHeight;
}
