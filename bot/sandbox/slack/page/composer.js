import { say } from "./dom.js";
import { Listbox } from "./select.js";
import { actor, post, store, t } from "./store.js";

/** Have a composer of index.html do what a composer does. */
export function wire(form) {
  const [area, line] = [form.querySelector("textarea"), form.querySelector(".line")];
  const list = new Listbox(area, form.querySelector(".choices"), async ({ stem, shortcut }) => {
    if (stem) area.value = stem;
    typed();
    const answer = shortcut ? await post("shortcut", { callback_id: shortcut }) : { ok: true };
    if (!answer.ok) say(t(answer.error));
  });

  function typed() {
    store.drafts[form.dataset.key] = area.value;
    form.querySelector(".send").disabled = !area.value.trim();
    line.textContent = "";
    suggest(list, form.dataset.thread ? "" : area.value.toLowerCase());
  }

  async function send(event) {
    const { key, channel, thread } = form.dataset;
    const text = area.value.trim();
    const command = text.startsWith("/");
    event.preventDefault();
    if (command && thread) line.textContent = t("noSlash");
    if (!text || (command && thread)) return;
    area.value = "";
    typed();
    const answer = await post(command ? "command" : "message", { channel, text, thread_ts: thread });
    if (answer.ok) return;
    store.drafts[key] ||= text;
    if (form.dataset.key !== key) return;
    recall(form, key);
    line.textContent = t(answer.error);
  }

  function press(event) {
    const { key, shiftKey, isComposing } = event;
    if (key === "Tab" && list.active && !shiftKey) {
      event.preventDefault();
      list.pick(list.active.option);
    } else if (!list.took(event) && key === "Enter" && !shiftKey && !isComposing) send(event);
  }

  const reactions = { input: typed, focus: typed, blur: () => list.toggle(false), keydown: press };
  Object.entries(reactions).forEach(([name, react]) => area.addEventListener(name, react));
  form.addEventListener("submit", send);
  form.querySelector(".shortcuts")?.addEventListener("click", () => {
    area.focus();
    list.show([{ options: shortcuts() }]);
  });
}

const shortcuts = () => store.snapshot.app.shortcuts.map(({ callback_id: shortcut, name: text, description }) => ({
  shortcut, text, description,
}));

/** Have a composer write to a conversation, or to a thread in it; what was typed there before is there again. */
export function drawComposer(form, one, thread, hidden) {
  const [area, key] = [form.querySelector("textarea"), `${actor()}/${one.id}/${thread}`];
  const name = thread ? t("answer") : t("writeTo", one.kind === "im" ? one.name : `#${one.name}`);
  Object.assign(area, { placeholder: name, ariaLabel: name });
  form.hidden = hidden;
  if (form.dataset.key === key) return;
  Object.assign(form.dataset, { key, channel: one.id, thread });
  form.querySelector(".line").textContent = "";
  recall(form, key);
}

function recall(form, key) {
  form.querySelector("textarea").value = store.drafts[key] ?? "";
  form.querySelector(".send").disabled = !store.drafts[key]?.trim();
}

function suggest(list, typed) {
  const uses = store.snapshot.app.commands.flatMap(usesOf);
  const fits = uses.filter(({ stem, takes }) => stem.startsWith(typed) || (takes && typed.startsWith(stem)));
  const whole = uses.some(({ stem, command }) => [stem.trim(), command].includes(typed.trim()));
  const options = typed.startsWith("/") ? fits : [];
  list.show([{ options }], "", !whole && options[0]?.stem.startsWith(typed) ? 0 : -1);
}

function usesOf({ command, description, usages }) {
  return (usages.length ? usages : [""]).map((usage) => {
    const [, words, takes] = /^([^[<]*)(.*)$/.exec(usage);
    const stem = `${command} ${words}`.trim() + (takes && " ");
    return { command, description, takes, stem, text: stem + takes };
  });
}
