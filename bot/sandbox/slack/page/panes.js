import { drawComposer } from "./composer.js";
import { h, icon, part, renew } from "./dom.js";
import { avatar, counted, drawMessage, thingsOf } from "./messages.js";
import { drawView } from "./modal.js";
import { actor, conversation, person, route, store, t } from "./store.js";

/** Draw the sidebar: the workspace, who one is, and one's conversations. */
export function drawSidebar() {
  const { team, me, people, conversations } = store.snapshot;
  part("sidebar").ariaLabel = part("team").textContent = team.name;
  renew(part("face"), [me], avatar);
  renew(part("act-as"), people.filter((one) => one.can_act), (one) => h("option", { value: one.name }, one.real_name));
  part("act-as").value = actor();
  part("act-as").onchange = ({ target }) => (location.search = `?as=${target.value}`);
  const rows = conversations.map(({ messages, ...one }) => ({ ...one, here: one.id === route().channel }));
  renew(part("channels"), rows.filter((one) => one.kind !== "im"), row);
  renew(part("apps"), rows.filter((one) => one.kind === "im"), row);
}
function row({ here, unread, id, ...one }) {
  const given = { href: `#/${id}`, id: `to-${id}`, "aria-current": here && "page" };
  const count = unread > 0 && h("span.count", `${unread}`, h("small", t("unread")));
  return h("li", h(`a${unread ? ".unread" : ""}`, given, named(one), count));
}
function named({ kind, name, is_shared: shared }) {
  const mark = { role: "img", title: t("shared"), "aria-label": t("shared") };
  const sign = kind === "im" ? avatar(person(store.snapshot.app.user)) : icon(kind);
  return [sign, h("span.name", name), shared && h("span", mark, icon("link"))];
}
/** Draw the conversation one is in, or the app's Home tab. */
export function drawConversation() {
  const [{ channel, thread }, { app, home }] = [route(), store.snapshot];
  const nowhere = { id: channel, name: "", kind: "none", messages: [], note: t("unseen") };
  const { messages, ...one } = conversation(channel) ?? nowhere;
  const [im, atHome] = [one.kind === "im", one.kind === "im" && app.has_home && thread === "home"];
  renew(part("heading"), [one], () => h("span", named(one), im && h("span.badge", "APP")));
  part("tabs").hidden = !im || !app.has_home;
  Object.assign(part("to-home"), { href: `#/${channel}/home`, ariaCurrent: atHome ? "page" : null });
  Object.assign(part("to-messages"), { href: `#/${channel}`, ariaCurrent: atHome ? null : "page" });
  part("home").hidden = !atHome;
  part("no-home").hidden = Boolean(home);
  drawView(part("home-blocks"), home ?? { blocks: [] }, "home");
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
  else if (fresh || scroll.atEnd) Object.assign(scroll, { scrollTop: scroll.scrollHeight, atEnd: true });
}
