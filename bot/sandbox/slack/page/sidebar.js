import { h, icon, part, renew } from "./dom.js";
import { actor, person, refresh, route, store, t } from "./store.js";

/** Draw the sidebar: the workspace, who one is, and one's conversations. */
export function drawSidebar() {
  const { team, me, people, conversations } = store.snapshot;
  part("sidebar").ariaLabel = part("team").textContent = team.name;
  renew(part("face"), [me], avatar);
  renew(part("act-as"), people.filter((one) => one.can_act), (one) => h("option", { value: one.name }, one.real_name));
  Object.assign(part("act-as"), { value: actor(), onchange: become });
  const rows = conversations.map(({ messages, ...one }) => ({ ...one, here: one.id === route().channel }));
  renew(part("channels"), rows.filter((one) => one.kind !== "im"), row);
  renew(part("apps"), rows.filter((one) => one.kind === "im"), row);
}

function become({ target }) {
  history.pushState({}, "", `?as=${target.value}${location.hash}`);
  refresh();
}

function row({ here, unread, ...one }) {
  const given = { href: `#/${one.id}`, id: `to-${one.id}`, "aria-current": here && "page" };
  return h("li", h(`a${unread ? ".unread" : ""}`, given, named(one), unread > 0 && h("span.count", `${unread}`)));
}

/** Return a conversation's name, with a hash, a lock or the app's avatar before it, and a mark when it is shared. */
export function named({ kind, name, is_shared: shared }) {
  const mark = { role: "img", title: t("shared"), "aria-label": t("shared") };
  const sign = kind === "im" ? avatar(person(store.snapshot.app.user)) : icon(kind);
  return [sign, h("span.name", name), shared && h("span.shared", mark, icon("shared"))];
}

/** Return the square with somebody's initials. */
export function avatar({ id, real_name: name }) {
  const initials = name.split(" ").map((word) => word[0]);
  const hue = [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 8;
  return h(`span.avatar.hue${hue}`, { "aria-hidden": "true" }, initials[0], initials.slice(1).at(-1));
}
