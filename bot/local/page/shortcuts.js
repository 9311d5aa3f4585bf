// Shortcuts of the app: on a message, or anywhere. A menu that closes when something was taken or the reader turns away.
import { Component, html } from "./html.js";
import { act, store, tell } from "./store.js";

/** `place` names the message that they are used on; without one they are those that stand anywhere. */
export class Shortcuts extends Component {
  box = null;

  away = (event) => {
    if (this.box?.open && !this.box.contains(event.target)) this.box.open = false;
  };

  componentDidMount() {
    document.addEventListener("pointerdown", this.away);
  }

  componentWillUnmount() {
    document.removeEventListener("pointerdown", this.away);
  }

  use = async (callback) => {
    this.box.open = false;
    const taken = await act("use", { ...(this.props.place ?? {}), callback });
    if (taken === false) tell("The bot did not answer within three seconds.");
  };

  keyed = (event) => {
    if (event.key !== "Escape" || !this.box.open) return;
    this.box.open = false;
    this.box.querySelector("summary").focus();
    event.stopPropagation();
  };

  render({ place, label }) {
    const { app } = store.shown;
    const offered = app.shortcuts.filter((shortcut) => shortcut.global === !place);
    if (!offered.length) return null;
    return html`<details ref=${(node) => (this.box = node)} class="shortcuts ${place ? "on-message" : "anywhere"}" onKeyDown=${this.keyed}>
      <summary aria-label=${label} title=${label}>${place ? "⋮" : label}</summary>
      <ul aria-label=${`Shortcuts of ${app.name}`}>${offered.map(
        (shortcut) => html`<li key=${shortcut.callback}><button type="button" onClick=${() => this.use(shortcut.callback)}><b>${shortcut.name}</b><span class="quiet">${shortcut.does}</span></button></li>`,
      )}</ul>
    </details>`;
  }
}
