import { give } from "./dom.js";
import { Listbox } from "./listbox.js";
import { actor, post, store, t } from "./store.js";

/** Have a composer of index.html do what a composer does. */
export function wire(form) {
  const [area, line] = [form.querySelector("textarea"), form.querySelector(".line")];
  const list = new Listbox(area, form.querySelector(".choices"), pick, ["Enter", "Tab"]);
  async function pick({ stem = area.value, callback_id }) {
    area.value = stem;
    typed();
    const answer = callback_id ? await post("shortcut", { callback_id }) : { ok: true };
    if (!answer.ok) line.textContent = t(answer.error);
  }
  function typed() {
    store.drafts[form.dataset.key] = area.value;
    line.textContent = "";
    if (!form.dataset.thread) suggest(list, area.value.toLowerCase());
  }
  async function send(event) {
    const [{ key, channel, thread }, text] = [form.dataset, area.value.trim()];
    const command = text.startsWith("/");
    event.preventDefault();
    if (command && thread) line.textContent = t("noSlash");
    if (!text || (command && thread)) return;
    area.value = "";
    typed();
    const { ok, error } = await post(command ? "command" : "message", { channel, text, thread_ts: thread });
    if (!ok) store.drafts[key] ||= text;
    if (ok || form.dataset.key !== key) return;
    area.value = store.drafts[key];
    line.textContent = t(error);
  }
  const sends = ({ key, shiftKey, isComposing }) => key === "Enter" && !shiftKey && !isComposing;
  const onkeydown = (event) => !list.took(event) && sends(event) && send(event);
  give(area, { oninput: typed, onfocus: typed, onblur: () => list.toggle(false), onkeydown });
  give(form, { onsubmit: send });
  form.querySelector(".shortcuts")?.addEventListener("click", () => {
    area.focus();
    list.show(store.snapshot.app.shortcuts.map((one) => ({ ...one, text: one.name })), "", 0, "menuitem");
  });
}
/** Have a composer write to a conversation, or to a thread in it; what was typed there before is there again. */
export function drawComposer(form, one, thread, hidden) {
  const [area, key] = [form.querySelector("textarea"), `${actor()}/${one.id}/${thread}`];
  const name = thread ? t("answer") : t("writeTo", one.kind === "im" ? one.name : `#${one.name}`);
  Object.assign(area, { placeholder: name, ariaLabel: name });
  form.hidden = hidden;
  if (form.dataset.key === key) return;
  Object.assign(form.dataset, { key, channel: one.id, thread });
  area.value = store.drafts[key] ?? "";
  form.querySelector(".line").textContent = "";
  if (document.activeElement === document.body) area.focus();
}
function suggest(list, typed) {
  const uses = store.snapshot.app.commands.flatMap(usesOf);
  const fits = uses.filter(({ stem, takes }) => stem.startsWith(typed) || (takes && typed.startsWith(stem)));
  const whole = uses.some(({ stem, command }) => [stem.trim(), command].includes(typed.trim()));
  list.show(typed.startsWith("/") ? fits : [], "", !whole && fits[0]?.stem.startsWith(typed) ? 0 : -1);
}
const usesOf = ({ command, description, usages }) => (usages.length ? usages : [""]).map((usage) => {
  const [, words, takes] = /^([^[<]*)(.*)$/.exec(usage);
  const stem = `${command} ${words}`.trim() + (takes && " ");
  return { command, description, takes, stem, text: stem + takes };
});
