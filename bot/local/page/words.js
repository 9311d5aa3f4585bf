// Words as Slack shows them: mrkdwn, emoji, dates, links. Every piece becomes a text node or an element of ours.
import { html } from "./html.js";
import { store } from "./store.js";

const LONGEST = 12000;

const EMOJI = {
  "+1": "👍", "-1": "👎", alarm_clock: "⏰", arrow_right: "➡️", bar_chart: "📊", bell: "🔔", no_bell: "🔕", book: "📖",
  bookmark: "🔖", bulb: "💡", calendar: "📅", chart_with_upwards_trend: "📈", clipboard: "📋", clock9: "🕘", dove: "🕊️",
  dove_of_peace: "🕊️", exclamation: "❗", eyes: "👀", flag: "🚩", gear: "⚙️", globe_with_meridians: "🌐", heavy_check_mark: "✔️",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", information_source: "ℹ️", link: "🔗", lock: "🔒", mag: "🔍", memo: "📝",
  mega: "📣", newspaper: "📰", page_facing_up: "📄", pencil2: "✏️", pushpin: "📌", question: "❓", repeat: "🔁", scales: "⚖️",
  slightly_smiling_face: "🙂", smile: "😄", speech_balloon: "💬", sunrise: "🌅", tada: "🎉", thumbsup: "👍", thumbsdown: "👎",
  thinking_face: "🤔", triangular_flag_on_post: "🚩", warning: "⚠️", wave: "👋", white_check_mark: "✅", x: "❌",
  large_green_circle: "🟢", large_yellow_circle: "🟡", large_orange_circle: "🟠", red_circle: "🔴", white_circle: "⚪",
  heart: "❤️", rocket: "🚀", zap: "⚡", star: "⭐", fire: "🔥", point_right: "👉", point_down: "👇", loudspeaker: "📢",
}; // prettier-ignore

/** One emoji by its name; the name itself where it is not known here. */
export function emoji(name, unicode = "") {
  const points = unicode.split("-").map((part) => parseInt(part, 16));
  const sign = points.every((point) => point > 0 && point <= 0x10ffff) ? String.fromCodePoint(...points) : EMOJI[name];
  return sign ? html`<span role="img" aria-label=${name.replaceAll("_", " ")}>${sign}</span>` : `:${name}:`;
}

/** A text in which only emoji names mean something. */
export function plain(text, withEmoji = true) {
  const said = String(text ?? "").slice(0, LONGEST);
  if (!withEmoji) return said;
  return said.split(/(:[a-z0-9_+-]{1,60}:)/).map((part, n) => (n % 2 && EMOJI[part.slice(1, -1)] ? emoji(part.slice(1, -1)) : part));
}

/** A text object: plain_text or mrkdwn. */
export function textOf(object) {
  if (!object || typeof object !== "object") return "";
  return object.type === "mrkdwn" ? mrkdwn(object.text) : plain(object.text, object.emoji !== false);
}

/** The bare words of a text object, for labels. */
export const bare = (object) => String(object?.text ?? "");

// --- links --------------------------------------------------------------------------------------------------------

const web = (url) => {
  try {
    const parsed = new URL(url);
    return ["http:", "https:", "mailto:"].includes(parsed.protocol) ? parsed : null;
  } catch {
    return null;
  }
};

/** A link to what a source wrote; the pages of the recorded week's outlets are shown by the workspace itself. */
export function link(url, label, style = "") {
  const parsed = web(String(url));
  if (!parsed) return html`<span class=${style}>${label}</span>`;
  const ours = store.shown.outlets.includes(parsed.hostname);
  const href = ours ? `source?url=${encodeURIComponent(parsed.href)}` : parsed.href;
  return html`<a class=${style} href=${href} title=${parsed.href} target="_blank" rel="noopener noreferrer">${label}</a>`;
}

export const person = (id) => {
  if (id === store.shown.app.user) return store.shown.app.name;
  return store.shown.users[id]?.name ?? id;
};

export const mention = (words) => html`<span class="mention">${words}</span>`;

export const channel = (id) => mention(`#${store.shown.conversations.find((c) => c.id === id)?.name ?? id}`);

// --- dates --------------------------------------------------------------------------------------------------------

function formed(seconds, options) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: store.shown.me.zone, ...options }).format(new Date(seconds * 1000));
}

export const hour = (seconds) => formed(seconds, { hour: "2-digit", minute: "2-digit" });
export const day = (seconds) => formed(seconds, { weekday: "long", day: "numeric", month: "long" });
export const shortDay = (seconds) => formed(seconds, { weekday: "short", day: "numeric", month: "short" });
export const zoneName = (seconds) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: store.shown.me.zone, timeZoneName: "short" })
    .formatToParts(new Date(seconds * 1000))
    .find((part) => part.type === "timeZoneName").value;

const DATES = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

/** A date element: the tokens of its format in the reader's zone; its fallback where the instant is none. */
export function date(seconds, format, fallback) {
  const at = Number(seconds);
  if (!Number.isFinite(at) || Math.abs(at) > 1e11) return String(fallback ?? "");
  const token = (all, name) => {
    const options = DATES[name.replace(/_pretty$/, "")];
    return options ? formed(at, options) : all;
  };
  return String(format || "{date_short} {time}").replace(/\{([a-z_]{1,30})\}/g, token);
}

// --- mrkdwn -------------------------------------------------------------------------------------------------------

const decoded = (text) => text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: "<", gt: ">", amp: "&" })[name]);

/** Slack's own markup: blocks of code, quotes, then what stands in a line. */
export function mrkdwn(text) {
  const said = String(text ?? "").slice(0, LONGEST);
  return said.split("```").map((part, n) => (n % 2 ? html`<pre>${decoded(part)}</pre>` : quotes(part)));
}

function quotes(text) {
  const shown = [];
  let quoted = [];
  const lines = text.split("\n");
  const close = () => {
    if (quoted.length) shown.push(html`<blockquote>${quoted}</blockquote>`);
    quoted = [];
  };
  lines.forEach((line, n) => {
    const found = /^(?:&gt;|>) ?/.exec(line);
    if (found) quoted.push(quoted.length ? "\n" : "", inline(line.slice(found[0].length)));
    else {
      close();
      shown.push(inline(line), n + 1 < lines.length ? "\n" : "");
    }
  });
  close();
  return shown;
}

const SPECIAL = /<([^<>\n]{1,3200})>|`([^`\n]{1,3000})`|:([a-z0-9_+-]{1,60}):|(https?:\/\/[^\s<>]{1,2000})|(?<![\w*])\*(?! )([^*\n]{1,3000})(?<! )\*(?!\w)|(?<!\w)_(?! )([^_\n]{1,3000})(?<! )_(?!\w)|(?<![\w~])~(?! )([^~\n]{1,3000})(?<! )~(?!\w)/g;

function inline(text) {
  const shown = [];
  let from = 0;
  for (const found of text.matchAll(SPECIAL)) {
    const [all, token, code, name, url, bold, italic, strike] = found;
    shown.push(decoded(text.slice(from, found.index)));
    from = found.index + all.length;
    if (token !== undefined) shown.push(reference(token));
    else if (code !== undefined) shown.push(html`<code>${decoded(code)}</code>`);
    else if (name !== undefined) shown.push(EMOJI[name] ? emoji(name) : all);
    else if (url !== undefined) shown.push(link(decoded(url), decoded(url)));
    else if (bold !== undefined) shown.push(html`<b>${inline(bold)}</b>`);
    else if (italic !== undefined) shown.push(html`<i>${inline(italic)}</i>`);
    else shown.push(html`<s>${inline(strike)}</s>`);
  }
  shown.push(decoded(text.slice(from)));
  return shown;
}

function reference(token) {
  const cut = token.indexOf("|");
  const target = cut < 0 ? token : token.slice(0, cut);
  const label = decoded(cut < 0 ? "" : token.slice(cut + 1));
  if (target.startsWith("@")) return mention(`@${label || person(target.slice(1))}`);
  if (target.startsWith("#")) return channel(target.slice(1));
  if (target.startsWith("!date^")) {
    const [, seconds, format] = target.split("^");
    return date(seconds, format, label);
  }
  if (target.startsWith("!")) return mention(label || `@${target.slice(1).replace(/^subteam\^/, "")}`);
  return link(decoded(target), label || decoded(target).replace(/^mailto:/, ""));
}
