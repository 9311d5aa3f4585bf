// A conversation: its messages with days between them, what only the reader sees, and threads.
import { Component, html } from "./html.js";
import { Blocks } from "./blocks.js";
import { Shortcuts } from "./shortcuts.js";
import { act, change, store, threadKey } from "./store.js";
import { day, hour, mrkdwn, person, shortDay } from "./words.js";

const CLOSE = 300; // seconds in which messages of one author stand under one name

const isReply = (message) => message.thread_ts && message.thread_ts !== message.ts;

export const parents = (conversation) => conversation.messages.filter((m) => !isReply(m) || m.reply_broadcast);
export const repliesTo = (conversation, ts) => conversation.messages.filter((m) => isReply(m) && m.thread_ts === ts);

export function Avatar({ user }) {
  const { app, slackbot } = store.shown;
  if (user === app.user) return html`<img class="avatar" src="page/mark.svg" alt="" />`;
  return html`<span class="avatar letters ${user === slackbot ? "slackbot" : ""}" aria-hidden="true">${author({ user }).slice(0, 1).toUpperCase()}</span>`;
}

function author({ user }) {
  return user === store.shown.slackbot ? "Slackbot" : person(user);
}

/** Messages, newest last. When something comes, the first new message is brought to the top of what is seen. */
export class Messages extends Component {
  box = null;
  last = "";
  where = "";

  componentDidMount() {
    this.arrived();
  }

  componentDidUpdate() {
    this.arrived();
  }

  /** Opening shows where reading stopped, else the beginning of the newest message; what comes then is brought up. */
  arrived() {
    const { messages, name, mark } = this.props;
    const newest = messages.at(-1)?.ts ?? "";
    const opened = this.where !== name;
    this.seen(newest);
    if (!opened && newest === this.last) return;
    const first = opened ? (mark && messages.find((m) => m.ts > mark)) || messages.at(-1) : messages.find((m) => m.ts > this.last);
    this.where = name;
    this.last = newest;
    const row = first && this.box?.querySelector(`[data-ts="${first.ts}"]`);
    if (row) this.box.scrollTop += row.getBoundingClientRect().top - this.box.getBoundingClientRect().top - 6;
  }

  seen(newest) {
    const { conversation, name } = this.props;
    if (newest && newest > (conversation.read[name] || "") && document.visibilityState === "visible") act("seen", { conversation: name, ts: newest });
  }

  render({ conversation, messages, label, mark, thread }) {
    let before = null;
    let marked = false;
    const rows = [];
    for (const message of messages) {
      const today = day(message.ts);
      if (!thread && (!before || day(before.ts) !== today)) rows.push(html`<div class="day" role="separator" key=${`day-${today}`}><span>${today}</span></div>`);
      if (!thread && mark && !marked && before && message.ts > mark) {
        marked = true;
        rows.push(html`<div class="new" role="separator" key="new"><span>New</span></div>`);
      }
      const under = before && before.user === message.user && message.ts - before.ts < CLOSE && !message.is_ephemeral && !before.is_ephemeral && !message.subtype;
      rows.push(html`<${Message} key=${message.ts} ...${{ conversation, message, under, thread }} />`);
      before = message;
    }
    return html`<div class="messages" role="log" aria-label=${label} tabindex="0" ref=${(node) => (this.box = node)}>
      <div class="stack">${rows}${!messages.length && html`<p class="empty">${this.props.empty ?? "Nothing was posted here yet."}</p>`}</div>
    </div>`;
  }
}

function Message({ conversation, message, under, thread }) {
  const { app } = store.shown;
  const bot = message.user === app.user || Boolean(message.bot_id);
  const place = { conversation: conversation.id, ts: message.ts };
  const at = hour(message.ts);
  if (message.subtype === "channel_join") {
    return html`<article class="message joined" data-ts=${message.ts} aria-label=${`${author(message)}, ${at}`}><span class="gutter"><${Avatar} user=${message.user} /></span>
      <div class="body"><p class="quiet">${author(message)} ${message.text} by ${store.shown.me.name} · ${at}</p></div></article>`;
  }
  const head = html`<header><b>${author(message)}</b>${bot && html`<span class="badge">APP</span>`}<time datetime=${new Date(message.ts * 1000).toISOString()} title=${day(message.ts)}>${at}</time></header>`;
  const replies = thread ? [] : repliesTo(conversation, message.ts);
  return html`<article class="message ${message.is_ephemeral ? "whispered" : ""} ${under ? "under" : ""}" data-ts=${message.ts} aria-label=${`${author(message)}, ${at}`}>
    <span class="gutter">${under ? html`<span class="minute" aria-hidden="true">${at}</span>` : html`<${Avatar} user=${message.user} />`}</span>
    <div class="body">
      ${message.is_ephemeral && html`<p class="only"><${Eye} /> Only visible to you</p>`}
      ${!under && head}
      ${message.blocks?.length ? html`<${Blocks} blocks=${message.blocks} place=${place} />` : message.text && html`<p class="rich">${mrkdwn(message.text)}</p>`}
      ${(message.files ?? []).map((file) => html`<${File} key=${file.id} file=${file} />`)}
      ${message.edited && html`<span class="quiet edited">(edited)</span>`}
      ${message.is_ephemeral && html`<p class="only"><button type="button" class="linklike" onClick=${() => act("dismiss", { ts: message.ts })}>Dismiss message</button></p>`}
      ${replies.length > 0 && html`<${ThreadBar} ...${{ conversation, message, replies }} />`}
    </div>
    ${!message.is_ephemeral && html`<div class="over">${!thread && html`<button type="button" class="reply" onClick=${() => openThread(conversation, message)}>Reply in thread</button>`}
      <${Shortcuts} place=${place} label="Message shortcuts" /></div>`}
  </article>`;
}

const Eye = () => html`<svg class="eye" viewBox="0 0 20 14" aria-hidden="true"><path d="M1 7c3-7 15-7 18 0-3 7-15 7-18 0Z" fill="none" stroke="currentColor" stroke-width="1.6" /><circle cx="10" cy="7" r="3" fill="currentColor" /></svg>`;

function openThread(conversation, message) {
  change({ thread: { conversation: conversation.id, ts: message.ts } });
  setTimeout(() => document.getElementById("thread-title")?.focus());
}

function ThreadBar({ conversation, message, replies }) {
  const newest = replies.at(-1).ts;
  const fresh = newest > (conversation.read[threadKey(conversation.id, message.ts)] || "");
  const count = `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`;
  return html`<button type="button" class="thread-bar" onClick=${() => openThread(conversation, message)}>
    <img class="avatar small" src="page/mark.svg" alt="" /><b>${count}</b>${fresh && html`<span class="fresh">new</span>`}<span class="quiet">Last reply ${shortDay(newest)}, ${hour(newest)}</span>
  </button>`;
}

function File({ file }) {
  const href = `file/${encodeURIComponent(file.id)}`;
  const shown = ["image/png", "image/jpeg", "image/gif", "image/webp"].includes(file.mimetype);
  const size = file.size < 1024 ? `${file.size} bytes` : `${Math.round(file.size / 1024)} kB`;
  if (shown) {
    const scale = Math.min(1, 560 / file.original_w, 420 / file.original_h); // room is kept before it is loaded
    return html`<figure class="block-image"><figcaption>${file.title}</figcaption><a href=${href} target="_blank" rel="noopener noreferrer"><img src=${href} alt=${file.alt_txt || file.title} width=${file.original_w && Math.round(file.original_w * scale)} height=${file.original_h && Math.round(file.original_h * scale)} /></a></figure>`;
  }
  return html`<p class="file"><span class="kind" aria-hidden="true">${file.name.split(".").at(-1).slice(0, 4).toUpperCase()}</span><span><a href=${href} download=${file.name}>${file.title}</a><small class="quiet">${file.name} · ${size}</small></span></p>`;
}

