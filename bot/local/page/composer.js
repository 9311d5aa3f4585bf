// The composer: what is typed is sent with Enter; "/" completes the app's commands and shows what may follow them.
import { Component, html } from "./html.js";
import { Shortcuts } from "./shortcuts.js";
import { act, change, nameOf, store } from "./store.js";

const MOST = 4000;

/** Commands that begin with what is typed; the mention of the app for an "@". */
function completions(text) {
  const { app } = store.shown;
  const own = [{ command: "/invite", does: "Add an app to this channel", hint: `@${app.name}`, slack: true }];
  if (/^\/\S*$/.test(text)) return [...app.commands, ...own].filter((c) => c.command.startsWith(text.toLowerCase()));
  const mention = `@${app.name}`;
  if (/^@[^\s]{0,40}$/.test(text) && mention.toLowerCase().startsWith(text.toLowerCase())) return [{ command: mention, does: app.does, hint: "ask it in the open" }];
  return [];
}

/** What may follow the command that is typed out. */
function hintFor(text) {
  const { app } = store.shown;
  const found = app.commands.find((c) => text === `${c.command} ` || text === c.command);
  return found ? found.hint : "";
}

export class Composer extends Component {
  state = { at: 0, closed: false };

  get name() {
    return this.props.name;
  }

  get text() {
    return store.ui.drafts[this.name] ?? "";
  }

  write(text) {
    change({ drafts: { ...store.ui.drafts, [this.name]: text.slice(0, MOST) } });
    this.setState({ at: 0, closed: false });
  }

  take(option) {
    this.write(`${option.command} `);
    document.getElementById(`composer-${this.name}`)?.focus();
  }

  send = async () => {
    const text = this.text.trim();
    if (!text) return;
    const { conversation, thread } = this.props;
    this.write("");
    note(text);
    await act("say", { conversation: conversation.id, text, thread: thread ?? "" });
  };

  keyed = (event) => {
    if (event.isComposing) return;
    const options = this.state.closed ? [] : completions(this.text);
    const pick = options[Math.min(this.state.at, options.length - 1)];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (options.length && step) this.setState({ at: (this.state.at + step + options.length) % options.length });
    else if (pick && (event.key === "Tab" || event.key === "Enter") && !event.shiftKey && this.text !== pick.command) this.take(pick);
    else if (event.key === "Escape" && options.length) this.setState({ closed: true });
    else if (event.key === "Enter" && !event.shiftKey) this.send();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  render({ conversation, thread, mute }, { at, closed }) {
    if (mute) return html`<p class="composer mute">${mute}</p>`;
    const text = this.text;
    const options = closed ? [] : completions(text);
    const picked = Math.min(at, options.length - 1);
    const id = `composer-${this.name}`;
    const label = thread ? "Reply in the thread" : `Message ${conversation.kind === "im" ? "" : "#"}${nameOf(conversation)}`;
    const hint = hintFor(text);
    return html`<div class="composer">
      ${options.length > 0 && html`<ul class="completions" role="listbox" id=${`${id}-options`} aria-label="Commands">
        ${options.map((option, n) => html`<li role="option" id=${`${id}-${n}`} key=${option.command} aria-selected=${n === picked ? "true" : "false"} onMouseDown=${(e) => { e.preventDefault(); this.take(option); }}>
          <span class="usage"><b>${option.command}</b> ${option.hint}</span><span class="quiet">${option.does}</span><span class="quiet by">${option.slack ? "Slack" : store.shown.app.name}</span></li>`)}
      </ul>`}
      <p class="sr" role="status">${options.length > 0 && `${options.length} ${options.length === 1 ? "command" : "commands"}: arrow keys choose, Tab takes one`}</p>
      <div class="field">
        <textarea id=${id} rows=${Math.min(8, text.split("\n").length)} value=${text} placeholder=${label} aria-label=${label} spellcheck=${false} autocomplete="off"
          aria-autocomplete="list" aria-haspopup="listbox" aria-controls=${options.length ? `${id}-options` : undefined}
          aria-activedescendant=${options.length ? `${id}-${picked}` : undefined}
          onInput=${(e) => this.write(e.target.value)} onKeyDown=${this.keyed}></textarea>
        ${hint && !options.length && html`<p class="ghost"><span class="typed" aria-hidden="true">${text.trimEnd()} </span>${hint}</p>`}
        <div class="tools">${!thread && html`<${Shortcuts} label="Shortcuts" />`}<span class="quiet">Type <kbd>/</kbd> for commands · <kbd>Enter</kbd> sends</span>
          <button type="button" class="send" disabled=${!text.trim()} onClick=${this.send}>Send</button></div>
      </div>
    </div>`;
  }
}

/** Which of the guide's steps were taken. */
function note(text) {
  const { app } = store.shown;
  const done = { ...store.ui.done };
  if (app.commands[0] && text.startsWith(app.commands[0].command)) done.ask = true;
  if (/^\S+ subscribe +(?!list\b)\S/.test(text)) done.asked = true; // alone it opens a form, which has no Save yet
  if (/\bnew\b/.test(text)) done.new = true;
  change({ done });
}
