const DRAWING = "http://www.w3.org/2000/svg";
const SHAPES = ["svg", "use", "rect", "circle", "line", "polyline", "text", "title"];
/** Return a `tag.class` element: `on…` listens, null and false are left out, strings become text. */
export function h(kind, ...children) {
  const [tag, ...classes] = kind.split(".");
  const node = SHAPES.includes(tag) ? document.createElementNS(DRAWING, tag) : document.createElement(tag);
  if (classes.length) node.setAttribute("class", classes.join(" "));
  if (children[0]?.constructor === Object) give(node, children.shift());
  node.append(...children.flat(9).filter((child) => child && child !== true));
  return node;
}
/** Give an element these listeners and attributes. */
export function give(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (![false, null, undefined].includes(value)) node.setAttribute(name, value);
  }
}
/** Return one of the drawings of index.html; it says nothing by itself. */
export const icon = (name) => h("svg.icon", { "aria-hidden": "true" }, h("use", { href: `#${name}-drawing` }));
/** Return a part of index.html. */
export const part = (id) => document.getElementById(id);
/** Give the focus to what became of a node: itself drawn anew, its like in the same message, or else that message. */
export function refocus(lost) {
  const { id, name, selectionStart: from, selectionEnd: to } = lost;
  const message = part(lost.closest("article")?.id);
  const twins = message?.querySelectorAll(`[name="${CSS.escape(name)}"]`);
  const node = part(id) ?? (twins?.length === 1 ? twins[0] : message); // of several, a key could press a wrong one
  node?.focus();
  if (Number.isInteger(from)) node?.setSelectionRange?.(from, to);
  return Boolean(node);
}
/** Make the children of `parent` be these things. What is the same keeps its node; what comes back gets the focus. */
export function renew(parent, things, build) {
  const [old, held] = [[...parent.children], parent.contains(document.activeElement) && document.activeElement];
  const nodes = things.map((thing) => {
    const print = JSON.stringify(thing);
    return old.find((node) => node.print === print) ?? Object.assign(build(thing), { print });
  });
  old.filter((node) => !nodes.includes(node)).forEach((node) => node.remove());
  nodes.forEach((node, at) => parent.children[at] === node || parent.insertBefore(node, parent.children[at] ?? null));
  if (held && !held.isConnected) parent.awaited = held;
  if (parent.awaited && document.activeElement === document.body && refocus(parent.awaited)) parent.awaited = null;
}
/** Show on a control that its work is under way, and let nobody start it twice. */
export async function busy(control, work) {
  if (control.ariaBusy) return { ok: true };
  Object.assign(control, { ariaBusy: "true", ariaDisabled: "true" }); // disabled would take the focus, and keys, away
  return work().finally(() => Object.assign(control, { ariaBusy: null, ariaDisabled: null }));
}
