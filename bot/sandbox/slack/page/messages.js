import { drawBlock } from "./blocks.js";
import { h, icon, say } from "./dom.js";
import { placeOf } from "./elements.js";
import { clock, day, moment } from "./moments.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar } from "./sidebar.js";
import { actor, person, route, store, t } from "./store.js";

const TOGETHER = 300;

/** Return what to draw of some messages: each with all it is drawn from, and each new day. */
export function thingsOf(pane, channel, messages, root) {
  return messages.flatMap((message, at) => {
    const [before, today] = [messages[at - 1], day(message.ts)];
    const opens = pane === "main" && !(before && day(before.ts) === today);
    const near = before && message.ts - before.ts < TOGETHER && !before.replies.length;
    const grouped = !opens && near && before.user === message.user && !before.only_me && !message.only_me;
    const thing = { as: actor(), pane, channel, root, message, grouped, marked: route().mark === message.ts };
    return opens ? [{ day: today }, thing] : [thing];
  });
}

/** Draw one message. */
export function drawMessage({ pane, channel, root, message, grouped, marked }) {
  const { ts, text, blocks, files, edited, only_me: whisper, tombstone, replies } = message;
  const [author, place] = [person(message.user), placeOf(pane, { channel, ts })];
  const kinds = Object.entries({ grouped, whisper, marked }).filter(([, is]) => is).map(([kind]) => `.${kind}`);
  const head = h("header", h("b", author.real_name), author.is_bot && h("span.badge", "APP"), moment(ts));
  const said = text && h("div.text", mrkdwn(text), edited && h("span.edited", ` ${t("edited")}`));
  const shown = blocks.length ? blocks.map((block) => drawBlock(block, place)) : said;
  const below = pane === "main" && replies.length > 0 && threadLine(`#/${channel}/${ts}`, replies);
  return h(
    `article.message${kinds.join("")}`,
    { id: `${pane}-${ts}`, "aria-label": `${author.real_name}, ${clock(ts)}` },
    whisper && h("p.alone", icon("eye"), t("alone")),
    grouped ? moment(ts) : avatar(author),
    h("div.body", !grouped && head, tombstone ? h("p.edited", t("tombstone")) : shown, files.map(fileCard), below),
    !whisper && !tombstone && tools(pane, channel, ts, root),
  );
}

function fileCard({ name, title, size, url }) {
  const [unit, least] = size < 1e6 ? ["kilobyte", 1e3] : ["megabyte", 1e6];
  const format = new Intl.NumberFormat(store.snapshot.me.locale, { style: "unit", unit, maximumFractionDigits: 1 });
  const about = `${name.split(".").at(-1).toUpperCase()} · ${format.format(size / least)}`;
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

function tools(pane, channel, ts, root) {
  const named = (name) => ({ "aria-label": t(name), title: t(name) });
  async function onclick() {
    const place = `${store.snapshot.team.url}archives/${channel}/p${ts.replace(".", "")}`;
    await navigator.clipboard.writeText(root && root !== ts ? `${place}?thread_ts=${root}&cid=${channel}` : place);
    say(t("copied"));
  }
  const thread = pane === "main" && h("a.plain", { href: `#/${channel}/${ts}`, ...named("reply") }, icon("reply"));
  return h("div.tools", thread, h("button.plain", { ...named("copyLink"), onclick }, icon("link")));
}
