// The page: one conversation in the middle, its thread beside it, everything else around them.
import { html, render } from "./html.js";
import { Blocks } from "./blocks.js";
import { Composer } from "./composer.js";
import { Bar, Guide, Modal, Notice, Question, Sidebar } from "./frame.js";
import { Messages, parents, repliesTo } from "./messages.js";
import { act, change, conversationOf, follow, load, nameOf, onDraw, store, threadKey, visit } from "./store.js";

const MUTE = "Sending messages to this app has been turned off. Ask it with a slash command in a channel.";

function Page() {
  const { shown, ui } = store;
  if (!shown) return html`<p class="waiting">Opening the workspace …</p>`;
  const conversation = conversationOf(ui.here);
  return html`<div class="page">
    <${Skip} conversation=${conversation} />
    <${Bar} />
    <div class="columns">
      <${Sidebar} />
      <main class="panes ${ui.thread ? "with-thread" : ""}">
        <section class="room-pane" aria-label=${nameOf(conversation)}>
          <${Head} conversation=${conversation} />
          <${Guide} />
          <${Pane} conversation=${conversation} />
        </section>
        ${ui.thread && html`<${Thread} ...${ui.thread} />`}
      </main>
    </div>
    <${Modal} /><${Question} /><${Notice} />
  </div>`;
}

/** Past everything that is around the conversation: to its composer, where it has one. */
function Skip({ conversation }) {
  const { ui, shown } = store;
  const written = ui.tab === "messages" && !muted(conversation, shown);
  const target = written ? `composer-${conversation.id}` : "pane";
  const go = (event) => {
    event.preventDefault();
    document.getElementById(target)?.focus();
  };
  return html`<a class="skip" href=${`#${target}`} onClick=${go}>Skip to the ${written ? "composer" : "conversation"}</a>`;
}

/** Why nothing can be written into a conversation, "" where it can. */
function muted(conversation, shown) {
  if (conversation.archived) return "This channel is archived.";
  return conversation.kind === "im" && shown.app.mute ? MUTE : "";
}

function Head({ conversation }) {
  const { ui, shown } = store;
  if (conversation.kind !== "im") {
    const without = !conversation.bot && !conversation.archived;
    return html`<header class="room-head"><h2><span aria-hidden="true">#</span> ${conversation.name}</h2>
      <p class="quiet">${conversation.members.length} ${conversation.members.length === 1 ? "member" : "members"}${conversation.bot ? ", the bot among them" : ""}</p>
      ${without && html`<button type="button" class="block-button" onClick=${() => act("invite", { conversation: conversation.id })}>Invite the bot</button>`}</header>`;
  }
  const tab = (name, words) => html`<button type="button" role="tab" id=${`tab-${name}`} aria-selected=${ui.tab === name ? "true" : "false"} aria-controls="pane" onClick=${() => visit(conversation.id, name)}>${words}</button>`;
  return html`<header class="room-head app"><h2><img class="avatar small" src="page/mark.svg" alt="" /> ${shown.app.name} <span class="badge">APP</span></h2>
    <div role="tablist" aria-label=${shown.app.name}>${tab("home", "Home")}${tab("messages", "Messages")}${tab("about", "About")}</div></header>`;
}

function Pane({ conversation }) {
  const { ui, shown } = store;
  const tabbed = conversation.kind === "im" ? { role: "tabpanel", id: "pane", "aria-labelledby": `tab-${ui.tab}`, tabindex: "0" } : { id: "pane" };
  if (conversation.kind === "im" && ui.tab === "home") {
    return html`<section class="pane" ...${tabbed}><div class="home">${shown.home ? html`<${Blocks} blocks=${shown.home.blocks} place=${{ view: shown.home.id }} />` : html`<p class="empty">The app is asked for its Home …</p>`}</div></section>`;
  }
  if (conversation.kind === "im" && ui.tab === "about") {
    return html`<section class="pane" ...${tabbed}><div class="home"><p class="rich">${shown.app.about}</p>
      <h3>Commands</h3><dl>${shown.app.commands.map((c) => html`<dt><code>${c.command} ${c.hint}</code></dt><dd>${c.does}</dd>`)}</dl></div></section>`;
  }
  const messages = parents(conversation);
  const label = `Messages in ${nameOf(conversation)}`;
  const empty = conversation.kind === "im" ? "No alert yet. Ask for one with /brief subscribe actor:russia in a channel: it arrives here." : undefined;
  const mute = muted(conversation, shown);
  return html`<section class="pane" ...${tabbed}>
    <${Messages} key=${conversation.id} ...${{ conversation, messages, label, empty, name: conversation.id, mark: ui.mark[conversation.id] }} />
    <${Composer} key=${`c-${conversation.id}`} name=${conversation.id} ...${{ conversation, mute }} />
  </section>`;
}

function Thread({ conversation: id, ts }) {
  const conversation = conversationOf(id);
  const parent = conversation?.messages.find((m) => m.ts === ts);
  if (!parent) return null;
  const close = () => {
    change({ thread: null });
    setTimeout(() => document.querySelector(`[data-ts="${ts}"] .thread-bar, [data-ts="${ts}"] .reply`)?.focus());
  };
  const key = threadKey(id, ts);
  const mute = muted(conversation, store.shown);
  return html`<section class="thread" aria-labelledby="thread-title" onKeyDown=${(e) => e.key === "Escape" && close()}>
    <header class="room-head"><h2 id="thread-title" tabindex="-1">Thread <small class="quiet">${conversation.kind === "im" ? nameOf(conversation) : `#${conversation.name}`}</small></h2>
      <button type="button" class="close" aria-label="Close the thread" onClick=${close}>×</button></header>
    <${Messages} key=${key} ...${{ conversation, messages: [parent, ...repliesTo(conversation, ts)], label: "Thread", name: key, thread: true, mark: ts }} />
    <${Composer} key=${`c-${key}`} name=${key} thread=${ts} ...${{ conversation, mute }} />
  </section>`;
}

const root = document.getElementById("page");
root.replaceChildren();
onDraw(() => {
  if (store.shown && !store.ui.here) visit((store.shown.conversations.find((c) => c.bot && c.kind !== "im") ?? store.shown.conversations[0]).id);
  render(html`<${Page} />`, root);
  document.title = store.shown ? `${nameOf(conversationOf(store.ui.here))} · Local workspace` : "Local workspace";
});
document.addEventListener("visibilitychange", () => change()); // what came meanwhile is looked at now
change();
load().then(follow);
