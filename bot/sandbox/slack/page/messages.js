import { drawBlock } from "./blocks.js";
import { h, icon } from "./dom.js";
import { clock, day, moment, mrkdwn } from "./mrkdwn.js";
import { actor, person, route, t } from "./store.js";

const TOGETHER = 300;
/** Return the square with somebody's initials. */
export function avatar({ id, real_name: name }) {
  const initials = name.split(" ").map((word) => word[0]);
  const hue = [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6;
  return h(`span.avatar.hue${hue}`, { "aria-hidden": "true" }, initials[0], initials.slice(1).at(-1));
}
/** Return what to draw of some messages: each with all it is drawn from, and each new day. */
export function thingsOf(pane, channel, messages, root) {
  return messages.flatMap((message, at) => {
    const [before, today] = [messages[at - 1], day(message.ts)];
    const opens = pane === "main" && !(before && day(before.ts) === today);
    const near = !opens && before && message.ts - before.ts < TOGETHER && !before.replies.length;
    const grouped = near && before.user === message.user && !before.only_me && !message.only_me;
    const thing = { as: actor(), pane, channel, root, message, grouped, marked: route().mark === message.ts };
    return opens ? [{ day: today }, thing] : [thing];
  });
}
/** Draw one message. */
export function drawMessage({ pane, channel, root = "-", message, grouped, marked }) {
  const { ts, text, blocks, files, edited, only_me: whisper, tombstone, replies } = message;
  const [author, place] = [person(message.user), { pane, at: { channel, ts } }];
  const kinds = Object.entries({ grouped, whisper, marked }).filter(([, is]) => is).map(([kind]) => `.${kind}`);
  const head = h("header", h("b", author.real_name), author.is_bot && h("span.badge", "APP"), moment(ts));
  const said = text && h("div.text", mrkdwn(text), edited && h("small", ` ${t("edited")}`));
  const shown = blocks.length ? blocks.map((block) => drawBlock(block, place)) : said;
  const below = pane === "main" && replies.length > 0 && threadLine(`#/${channel}/${ts}`, replies);
  const alone = whisper && h("small.alone", icon("eye"), t("alone"));
  const content = tombstone ? h("small", t("tombstone")) : shown;
  const body = h("div.body", !grouped && head, content, files.map(fileCard), below);
  const copied = tool("link", `#/${channel}/${root}/${ts}`, copy);
  const tools = !whisper && h("div.tools", tool("reply", `#/${channel}/${ts}`), copied);
  const given = { id: `${pane}-${ts}`, tabindex: -1, "aria-label": `${author.real_name}, ${clock(ts)}` };
  return h(`article.message${kinds.join("")}`, given, alone, grouped ? moment(ts) : avatar(author), body, tools);
}
const copy = ({ currentTarget: node }) => navigator.clipboard.writeText(node.href);
const tool = (name, href, onclick = () => {}) =>
  h("a.plain", { href, title: t(name), "aria-label": t(name), onclick }, icon(name));
function fileCard({ name, title, size, url }) {
  const about = `${name.split(".").at(-1).toUpperCase()} · ${Math.ceil(size / 1000)} kB`;
  const given = { href: url, download: name, "aria-label": t("download", name) };
  return h("a.file", given, icon("file"), h("span", h("b", title || name), h("small", about)), icon("download"));
}
/** Return how many replies there are, in words. */
export const counted = (replies) => t(replies.length === 1 ? "replyOne" : "replies", replies.length);
function threadLine(href, replies) {
  const faces = [...new Set(replies.map((reply) => reply.user))].slice(0, 4).map((id) => avatar(person(id)));
  const { ts } = replies.at(-1);
  return h("a.replies", { href }, faces, h("b", counted(replies)), h("small", t("ago", `${day(ts)} ${clock(ts)}`)));
}
