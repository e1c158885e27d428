import { drawBlock } from "./blocks.js";
import { busy, part, renew, say } from "./dom.js";
import { placeOf, valuesOf } from "./elements.js";
import { post, store, t, viewOf } from "./store.js";

const FIELDS = ".element :is(input, textarea, button)";

/** Show the front one of the open modals, or none; those under it stay as they are. */
export function drawModal() {
  const dialog = part("modal");
  const views = store.snapshot.views.filter(({ id }) => !store.left.includes(id));
  const before = dialog.open && dialog.querySelector("form:last-child:has(.element)");
  renew(dialog, views.map(({ id }) => id), viewForm);
  views.forEach((view, at) => fill(dialog.children[at], view));
  dialog.onclose = () => leave(views.at(-1));
  if (!views.length) return dialog.close();
  const front = dialog.lastElementChild;
  const first = front.querySelector("[data-focus]") ?? front.querySelector(FIELDS) ?? front.querySelector(".close");
  dialog.ariaLabel = views.at(-1).title;
  if (!dialog.open) dialog.showModal();
  if (front !== before) first.focus();
}

function leave(view) {
  if (!view || !viewOf(view.id)) return;
  store.left.push(view.id);
  store.draw();
  post("close", { view: view.id });
}

function viewForm(view) {
  const form = part("view").content.firstElementChild.cloneNode(true);
  form.querySelectorAll(".close").forEach((button) => button.addEventListener("click", () => part("modal").close()));
  form.addEventListener("submit", async (event) => {
    const control = form.querySelector(".submit");
    event.preventDefault();
    if (control.disabled) return;
    const answer = await busy(control, () => post("submit", { view, values: valuesOf(form) }));
    const bad = form.querySelector("[aria-invalid]");
    (bad?.querySelector("input") ?? bad)?.focus();
    if (!answer.ok && !viewOf(view)?.trouble) say(t(answer.error));
  });
  return form;
}

function fill(form, { id, title, submit, close, trouble, blocks, errors }) {
  const [cross, cancel] = form.querySelectorAll(".close");
  form.querySelector("h2").textContent = title;
  cross.ariaLabel = t("close");
  cancel.textContent = close || t("cancel");
  Object.assign(form.querySelector(".submit"), { textContent: submit, hidden: !submit });
  Object.assign(form.querySelector(".alert"), { textContent: t("trouble"), hidden: !trouble });
  drawView(form.querySelector(".scroll"), blocks, errors, placeOf("modal", { view: id }));
}

/** Draw the blocks of a view; what was put into a control stays where block and action keep their ids. */
export function drawView(box, blocks, errors, place) {
  const before = [...box.querySelectorAll(".control")];
  const things = blocks.map((block) => ({ block, error: errors[block.block_id] }));
  renew(box, things, ({ block }) => drawBlock(block, place));
  for (const node of box.querySelectorAll(".control")) {
    const old = before.find(({ id, dirty }) => dirty && id === node.id);
    if (!old || old === node) continue;
    Object.assign(node, { held: old.held, dirty: true });
    node.show();
  }
}
