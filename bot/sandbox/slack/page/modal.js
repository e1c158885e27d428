import { drawBlock } from "./blocks.js";
import { busy, give, part, refocus, renew } from "./dom.js";
import { valuesOf } from "./elements.js";
import { post, store, t } from "./store.js";

const FIELDS = ".element :is(input, textarea, button)";
/** Show the front one of the open modals, or none; those under it stay as they are. */
export function drawModal() {
  const [dialog, views] = [part("modal"), store.snapshot.views.filter(({ id }) => !store.left.has(id))];
  const before = dialog.open && dialog.querySelector("form:last-child:has(.element)");
  dialog.onclose = () => (again(dialog), views.length && leave(views.at(-1).id));
  if (!views.length) return dialog.open && (dialog.close(), again(dialog));
  renew(dialog, views.map(({ id }) => id), viewForm);
  views.forEach((view, at) => fill(dialog.children[at], view));
  const front = dialog.lastElementChild;
  dialog.ariaLabel = views.at(-1).title;
  if (!dialog.open) Object.assign(dialog, { opener: document.activeElement }).showModal();
  if (front !== before) ["[data-focus]", FIELDS, ".close"].map((one) => front.querySelector(one)).find(Boolean).focus();
}
const again = ({ opener }) => (document.activeElement.blur(), refocus(opener)); // Chromium's own way leaves no caret
const leave = (view) => store.left.add(view) && post("close", { view });
function viewForm(view) {
  const form = part("view").content.firstElementChild.cloneNode(true);
  const [alert, control] = form.querySelectorAll(".trouble, .submit");
  async function onsubmit(event) {
    event.preventDefault();
    const answer = await busy(control, () => post("submit", { view, values: valuesOf(form) }));
    form.querySelector("[aria-invalid]:is(input, textarea), [aria-invalid] input")?.focus();
    if (!answer.ok && alert.hidden) Object.assign(alert, { textContent: t(answer.error), hidden: false });
  }
  give(form, { onsubmit });
  form.querySelectorAll(".close").forEach((button) => give(button, { onclick: () => part("modal").close() }));
  return form;
}
function fill(form, { title, submit, close, trouble, ...view }) {
  const [heading, , alert, cancel, control] = form.querySelectorAll("h2, .close, .trouble, .submit");
  heading.textContent = title;
  cancel.textContent = close || t("cancel");
  Object.assign(control, { textContent: submit, hidden: !submit });
  alert.hidden = !trouble;
  drawView(form.querySelector(".scroll"), view, "modal");
}
/** Draw the blocks of a view; what was put into a control stays where block and action keep their ids. */
export function drawView(box, view, pane) {
  const [before, place] = [[...box.querySelectorAll("[data-held]")], { pane, at: { view: view.id }, view }];
  const things = view.blocks.map((block) => ({ block, error: view.errors[block.block_id] }));
  renew(box, things, ({ block }) => drawBlock(block, place));
  for (const node of box.querySelectorAll("[data-held]")) {
    const old = before.find((one) => one.dirty && one.id === node.id);
    if (old && old !== node) Object.assign(node, { held: old.held, dirty: true }).show();
  }
}
