// Around the conversation: the bar with the clock, the list of conversations, the guide, forms, notices.
import { Component, html } from "./html.js";
import { Blocks } from "./blocks.js";
import { formOf } from "./elements.js";
import { act, change, fill, nameOf, store, unread, visit } from "./store.js";
import { hour, shortDay, textOf, zoneName } from "./words.js";

// --- the bar ------------------------------------------------------------------------------------------------------

export function Bar() {
  const { shown, clock, ui } = store;
  return html`<header class="bar">
    <button type="button" class="drawer-button" aria-expanded=${ui.drawer ? "true" : "false"} aria-controls="sidebar" onClick=${() => change({ drawer: !ui.drawer })}>Channels</button>
    <h1><img src="page/mark.svg" alt="" /> <span>Local workspace <small>${shown.title}</small></span></h1>
    <${Clock} clock=${clock} />
    <button type="button" class="bar-button guide-button" aria-pressed=${ui.guide ? "true" : "false"} onClick=${() => change({ guide: !ui.guide })}>Guide</button>
  </header>`;
}

function move(wish) {
  if (wish !== "stop") change({ done: { ...store.ui.done, day: true } });
  act("clock", { wish });
}

function Clock({ clock }) {
  const words = `${shortDay(clock.now)}, ${hour(clock.now)} ${zoneName(clock.now)}`;
  if (!clock.movable) return html`<div class="clock"><p class="time"><b>${words}</b></p></div>`;
  const busy = Boolean(clock.moving);
  const still = busy || clock.over;
  return html`<div class="clock" role="group" aria-label="Clock of the recorded week">
    <p class="time"><small>${clock.over ? "the week is over" : busy ? "time passes …" : "simulated clock"}</small><b>${words}</b></p>
    <button type="button" class="bar-button" disabled=${still} onClick=${() => move("hour")}>Next hour</button>
    <button type="button" class="bar-button strong" disabled=${still} title=${clock.over ? "" : `On to ${shortDay(clock.day)}, ${hour(clock.day)}`} onClick=${() => move("day")}>Next day</button>
    ${clock.moving === "week"
      ? html`<button type="button" class="bar-button" onClick=${() => move("stop")}>Pause</button>`
      : html`<button type="button" class="bar-button" disabled=${still} onClick=${() => move("week")}>Play the week</button>`}
  </div>`;
}

// --- the list -----------------------------------------------------------------------------------------------------

export function Sidebar() {
  const { shown, ui } = store;
  const rooms = shown.conversations.filter((c) => c.kind !== "im");
  const direct = shown.conversations.filter((c) => c.kind === "im");
  const entry = (conversation) => {
    const count = unread(conversation);
    const here = ui.here === conversation.id;
    return html`<li key=${conversation.id}><button type="button" class="room ${count && !here ? "unread" : ""}" aria-current=${here ? "page" : undefined} onClick=${() => visit(conversation.id)}>
      ${conversation.kind === "im" ? html`<img class="avatar tiny" src="page/mark.svg" alt="" />` : html`<span class="hash" aria-hidden="true">${conversation.kind === "private" ? "🔒" : "#"}</span>`}
      <span class="name">${nameOf(conversation)}</span>${count > 0 && !here && html`<span class="count">${count}<span class="sr"> new</span></span>`}
    </button></li>`;
  };
  return html`<nav id="sidebar" class="sidebar ${ui.drawer ? "open" : ""}" aria-label="Conversations">
    <h2>Channels</h2><ul>${rooms.map(entry)}</ul>
    <h2>Apps</h2><ul>${direct.map(entry)}</ul>
    <p class="me"><span class="avatar letters small" aria-hidden="true">${shown.me.name.slice(0, 1).toUpperCase()}</span> signed in as <b>${shown.me.name}</b></p>
  </nav>`;
}

// --- the guide ----------------------------------------------------------------------------------------------------

/** Three things to try; once they are tried, three more. */
export function Guide() {
  const { shown, ui } = store;
  if (!ui.guide) return null;
  const home = shown.conversations.find((c) => c.kind !== "im" && c.bot);
  const first = firstSteps(home);
  const more = first.every((step) => ui.done[step.key]);
  const steps = more ? furtherSteps() : first;
  return html`<aside class="guide" aria-label="Guide">
    <div class="guide-words"><h2>${more ? "That is the heart of it. There is more to see" : "This is a Slack workspace on your own machine, with the bot in it"}</h2>
      <p>${more ? `Follow any “source” to the text that a line was cut from. Write ${shown.app.commands.at(-1).command} help to see every command.` : guideWords(shown, home)}</p></div>
    <ol>${steps.map((step, n) => html`<li key=${step.key} class=${ui.done[step.key] ? "done" : ""}>
      <span class="step" aria-hidden="true">${ui.done[step.key] ? "✓" : n + 1}</span>
      <span><b>${step.title}</b>${ui.done[step.key] && html`<span class="sr"> (done)</span>`}<br />${step.next || html`<button type="button" class="linklike" disabled=${step.off} onClick=${step.go}>${step.word}</button>`}</span></li>`)}</ol>
    <button type="button" class="close" aria-label="Hide the guide" onClick=${() => change({ guide: false })}>×</button>
  </aside>`;
}

function firstSteps(home) {
  const { shown, ui, clock } = store;
  const [position, brief] = shown.app.commands.map((c) => c.command);
  const into = (text) => () => {
    if (home && (ui.here !== home.id || ui.tab !== "messages")) visit(home.id);
    fill(text, home?.id);
  };
  return [
    { key: "ask", title: "Ask where Russia stands", word: `Write ${position} russia`, go: into(`${position} russia`) },
    { key: "alert", title: "Have yourself alerted", next: ui.done.asked && !ui.done.alert && "Now press Save below", word: `Write ${brief} subscribe`, go: into(`${brief} subscribe actor:russia to:dm`) },
    clock.movable
      ? { key: "day", title: "Let a day pass", word: "Next day", go: () => move("day"), off: Boolean(clock.moving) || clock.over }
      : { key: "new", title: "See what is new", word: `Write ${brief} new`, go: into(`${brief} new`) },
  ];
}

function furtherSteps() {
  const { shown } = store;
  const direct = shown.conversations.find((c) => c.kind === "im");
  const other = shown.conversations.find((c) => c.kind !== "im" && !c.bot) ?? shown.conversations.at(-1);
  const to = (key, id, tab) => () => {
    change({ done: { ...store.ui.done, [key]: true } });
    visit(id, tab);
  };
  return [
    { key: "dm", title: "Read your alerts", word: "Open the app’s messages", go: to("dm", direct.id) },
    { key: "home", title: "See the app’s own page", word: "Open its Home", go: to("home", direct.id, "home") },
    { key: "other", title: "Have it somewhere else too", word: `Invite it to #${nameOf(other)}`, go: to("other", other.id) },
  ];
}

function guideWords(shown, home) {
  const room = home ? `#${home.name}` : "its channel";
  if (shown.kind === "live") return `The bot reads the feeds of config/feeds.yaml. What it would post to Slack it posts in ${room}, in the sources’ own words and with their addresses.`;
  return `Each morning at 08:30 the bot posts in ${room} what is new on the peace plan: who said it, in the source’s own words, with a link to the text. Read the newest digest below, then try three things.`;
}

// --- forms and questions ------------------------------------------------------------------------------------------

/** A dialog of the browser's own: it holds the focus, and Escape closes it. */
class Dialog extends Component {
  box = null;

  componentDidMount() {
    this.box?.showModal();
  }

  componentWillUnmount() {
    this.gone = true;
    this.box?.close();
  }

  // A second Escape closes it whatever is asked of the browser: then it is closed here too, and only once.
  leave = async (event) => {
    if (event.type === "cancel") event.preventDefault();
    if (this.gone || this.leaving) return;
    this.leaving = true;
    await this.props.onClose();
    this.leaving = false;
  };

  render({ label, children, small }) {
    return html`<dialog class=${small ? "small" : ""} aria-label=${label} ref=${(node) => (this.box = node)} onCancel=${this.leave} onClose=${this.leave}>${children}</dialog>`;
  }
}

export function Modal() {
  const { shown, ui } = store;
  const view = shown.modals.at(-1);
  if (!view) return null;
  const wrong = ui.wrong[view.id] ?? {};
  const close = () => act("close", { view: view.id });
  const submit = async (event) => {
    event.preventDefault();
    change({ wrong: { ...store.ui.wrong, [view.id]: {} }, busy: { ...store.ui.busy, [view.id]: true } });
    const answer = await act("submit", { view: view.id, values: formOf(view) });
    const { [view.id]: _, ...busy } = store.ui.busy;
    change({ busy, wrong: { ...store.ui.wrong, [view.id]: answer ?? {} } });
    setTimeout(() => document.querySelector("dialog .wrong input, dialog .wrong textarea, dialog .wrong select")?.focus());
  };
  return html`<${Dialog} key=${view.id} label=${view.title.text} onClose=${close}>
    <form class="modal" noValidate onSubmit=${submit}>
      <header><h2>${textOf(view.title)}</h2><button type="button" class="close" aria-label="Close" onClick=${close}>×</button></header>
      <div class="modal-body"><${Blocks} blocks=${view.blocks} place=${{ view: view.id }} wrong=${wrong} />${wrong[""] && html`<p class="problem" role="alert">⚠ ${wrong[""]}</p>`}</div>
      <footer><button type="button" class="block-button" onClick=${close}>${view.close ? textOf(view.close) : "Cancel"}</button>
        ${view.submit && html`<button type="submit" class="block-button primary" disabled=${ui.busy[view.id]}>${textOf(view.submit)}</button>`}</footer>
    </form>
  <//>`;
}

export function Question() {
  const asked = store.ui.confirm;
  if (!asked) return null;
  const close = () => change({ confirm: null });
  const yes = () => {
    close();
    asked.go();
  };
  return html`<${Dialog} key="confirm" small=${true} label=${asked.title?.text ?? "Are you sure?"} onClose=${close}>
    <div class="modal"><header><h2>${textOf(asked.title)}</h2></header><div class="modal-body"><p class="rich">${textOf(asked.text)}</p></div>
      <footer><button type="button" class="block-button" onClick=${close}>${textOf(asked.deny)}</button>
        <button type="button" class="block-button ${asked.style === "danger" ? "danger" : "primary"}" onClick=${yes}>${textOf(asked.confirm)}</button></footer></div>
  <//>`;
}

export function Notice() {
  const { notice, lost } = store.ui;
  const words = lost ? "The workspace has stopped. Start it again with `make run` and open the address that it prints." : notice;
  return html`<div class="notice ${words ? "said" : ""} ${lost ? "lost" : ""}" role="status">${words}</div>`;
}

