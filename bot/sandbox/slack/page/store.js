import { WORDS } from "./words.js";

/** All that the page knows: the last snapshot, what is typed and not sent yet, the modals left, and who draws it. */
export const store = { snapshot: null, drafts: {}, left: new Set(), asked: 0, shown: 0, draw: () => {} };
/** Return one of the page's sentences, `value` in the place of its braces; what is a sentence already stays one. */
export const t = (name, value) =>
  WORDS[name]?.[store.snapshot?.me.locale.startsWith("nl") ? 0 : 1].replace("{}", () => value) ?? name;
/** Return whom one acts as, by name. */
export const actor = () => new URLSearchParams(location.search).get("as") ?? document.body.dataset.as;
/** Return somebody by their id; who isn't among the people is Slack itself. */
export const person = (id) => store.snapshot.people.find((one) => one.id === id) ?? { id, real_name: "Slackbot" };
/** Return one of one's own conversations. */
export const conversation = (id) => store.snapshot.conversations.find((one) => one.id === id);
/** Return where one is, of `#/channel/thread/message`; the thread is `home` in the Home tab and `-` for none. */
export function route() {
  const [, channel = store.snapshot.conversations[0].id, thread, mark] = location.hash.split("/");
  return { channel, thread, mark };
}
/** Fetch what there is now, and have it drawn. */
export async function refresh() {
  const turn = ++store.asked;
  const response = await fetch(`/page/snapshot?as=${encodeURIComponent(actor())}`).catch(() => null);
  if (!response?.ok) throw new Error(response ? await response.text() : t("offline"));
  const snapshot = await response.json();
  if (turn < store.shown) return;
  Object.assign(store, { snapshot, shown: turn });
  store.draw();
}
/** Do something as this person; what it changed is on the page when the answer comes. */
export async function post(path, body) {
  const sent = { method: "POST", headers: { "Content-Type": "application/json" } };
  const response = fetch(`/page/${path}`, { ...sent, body: JSON.stringify({ as: actor(), ...body }) });
  const answer = await response.then((one) => one.json()).catch(() => ({ ok: false, error: "offline" }));
  await refresh().catch(() => {});
  return answer;
}
