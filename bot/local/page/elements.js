// What can be pressed, chosen and filled in: Block Kit's interactive elements, with the browser's own controls.
import { Component, html } from "./html.js";
import { act, change, store, tell } from "./store.js";
import { bare, plain, textOf } from "./words.js";

/** Where an element stands: `place` names a message or a view, `n` its block; `key` is unique on the page. */
const keyOf = (place, n, element) => `${place.view || `${place.conversation}-${place.ts}`}-${n}-${element.action_id}`;

export const blockId = (block, n) => block.block_id || `b${n}`;

/** What a view holds for an element, its initial value until something is chosen. */
function held(spot) {
  const { place, block, n, element } = spot;
  const form = store.ui.forms[place.view || `${place.conversation}-${place.ts}`] ?? {};
  const given = form[blockId(block, n)]?.[element.action_id];
  return given === undefined ? initial(element) : given;
}

export function initial(element) {
  if (element.initial_option) return element.initial_option.value;
  if (element.initial_options) return element.initial_options.map((option) => option.value);
  const named = ["value", "date", "time", "date_time", "user", "users", "conversation", "conversations", "channel", "channels"];
  for (const name of named) if (element[`initial_${name}`] !== undefined) return element[`initial_${name}`];
  return null;
}

function hold({ place, block, n, element }, value) {
  const key = place.view || `${place.conversation}-${place.ts}`;
  const form = store.ui.forms[key] ?? {};
  const id = blockId(block, n);
  const forms = { ...store.ui.forms, [key]: { ...form, [id]: { ...form[id], [element.action_id]: value } } };
  change({ forms });
}

/** Everything that a view holds, initial values included. */
export function formOf(view) {
  const values = {};
  view.blocks.forEach((block, n) => {
    for (const element of [...(block.elements ?? []), block.accessory, block.element]) {
      if (!element?.action_id) continue;
      const value = held({ place: { view: view.id }, block, n, element });
      if (value !== null && value !== undefined) (values[blockId(block, n)] ??= {})[element.action_id] = value;
    }
  });
  return values;
}

/** Press: asks first where the element says so, and shows that something is under way. */
export function press(spot, chosen) {
  const { place, element } = spot;
  const go = async () => {
    const key = keyOf(place, spot.n, element);
    const done = /^subscribe\b/.test(element.value ?? "") ? { ...store.ui.done, alert: true } : store.ui.done;
    change({ busy: { ...store.ui.busy, [key]: true }, done });
    const view = place.view && [...store.shown.modals, store.shown.home].find((v) => v?.id === place.view);
    const body = { ...place, block: spot.n, action: element.action_id, chosen, values: view ? formOf(view) : null };
    const taken = await act("press", body);
    const { [key]: _, ...busy } = store.ui.busy;
    change({ busy });
    if (taken === false) tell("The bot did not answer within three seconds.");
  };
  if (element.confirm) change({ confirm: { ...element.confirm, go } });
  else go();
}

/** One element. In an input block it is only filled in, unless the block asks to be told; elsewhere choosing acts. */
export function Element(spot) {
  const shape = SHAPES[spot.element.type];
  if (!shape) return html`<span class="unknown">Element “${spot.element.type}” is not shown here</span>`;
  const acts = spot.block.type !== "input" || spot.block.dispatch_action;
  const pick = (value) => {
    hold(spot, value);
    if (acts && (value !== null || spot.place.view)) press(spot, value);
    if (!spot.place.view && !spot.element.initial_option) setTimeout(() => hold(spot, null), 800); // a menu, to be used again
  };
  return shape({ ...spot, id: keyOf(spot.place, spot.n, spot.element), value: held(spot), pick, acts });
}

const named = ({ element, label }) => (label ? {} : { "aria-label": bare(element.placeholder) || element.action_id });

function button(spot) {
  const { element, id } = spot;
  const busy = store.ui.busy[id];
  const kind = ["primary", "danger"].includes(element.style) ? element.style : "";
  const open = () => {
    if (element.url && /^https?:/.test(element.url)) window.open(element.url, "_blank", "noopener,noreferrer");
    press(spot, null);
  };
  const label = element.accessibility_label || undefined;
  return html`<button type="button" class="block-button ${kind}" aria-label=${label} aria-busy=${busy ? "true" : undefined}
    onClick=${open}>${textOf(element.text)}${busy && html`<span class="spinner" aria-hidden="true"></span>`}</button>`;
}

const optionsOf = (element) => [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((g) => g.options ?? [])];

function select(spot) {
  const { element, id, value, pick } = spot;
  const one = (option) => html`<option key=${option.value} value=${option.value}>${bare(option.text)}</option>`;
  return html`<select id=${id} class="block-select" ...${named(spot)} value=${value ?? ""} onChange=${(e) => pick(e.target.value || null)}>
    <option value="">${bare(element.placeholder) || "Choose an option"}</option>
    ${(element.options ?? []).map(one)}
    ${(element.option_groups ?? []).map((group) => html`<optgroup label=${bare(group.label)}>${(group.options ?? []).map(one)}</optgroup>`)}
  </select>`;
}

function several(spot) {
  const { element, id, value, pick } = spot;
  const chosen = value ?? [];
  const words = optionsOf(element).filter((o) => chosen.includes(o.value)).map((o) => bare(o.text));
  const toggle = (option) => pick(chosen.includes(option.value) ? chosen.filter((v) => v !== option.value) : [...chosen, option.value]);
  return html`<details class="several">
    <summary id=${id}>${words.join(", ") || bare(element.placeholder) || "Choose options"}</summary>
    <div role="group" ...${named(spot)}>${optionsOf(element).map((option) => tick("checkbox", option, chosen.includes(option.value), () => toggle(option), id))}</div>
  </details>`;
}

function tick(type, option, checked, onChange, name) {
  return html`<label class="tick" key=${option.value}>
    <input type=${type} name=${name} checked=${checked} onChange=${onChange} />
    <span>${textOf(option.text)}${option.description && html`<small>${textOf(option.description)}</small>`}</span>
  </label>`;
}

function checkboxes({ element, id, value, pick }) {
  const chosen = value ?? [];
  const toggle = (option) => pick(chosen.includes(option.value) ? chosen.filter((v) => v !== option.value) : [...chosen, option.value]);
  return html`<div class="ticks" role="group" id=${id}>${(element.options ?? []).map((option) => tick("checkbox", option, chosen.includes(option.value), () => toggle(option), id))}</div>`;
}

function radios({ element, id, value, pick }) {
  return html`<div class="ticks" role="radiogroup" id=${id}>${(element.options ?? []).map((option) => tick("radio", option, value === option.value, () => pick(option.value), id))}</div>`;
}

function overflow(spot) {
  const { element, id } = spot;
  const choose = (event, option) => {
    event.target.closest("details").open = false;
    press(spot, option.value);
  };
  return html`<details class="overflow" id=${id}>
    <summary aria-label="More actions">⋯</summary>
    <div class="menu">${(element.options ?? []).map((option) => html`<button type="button" key=${option.value} onClick=${(e) => choose(e, option)}>${textOf(option.text)}</button>`)}</div>
  </details>`;
}

function line(type) {
  return (spot) => {
    const { element, id, value, pick, acts, block } = spot;
    const common = {
      id, ...named(spot), value: value ?? "", placeholder: bare(element.placeholder),
      maxlength: element.max_length, minlength: element.min_length, required: block.type === "input" && !block.optional,
    };
    const keep = (event) => hold(spot, event.target.value);
    if (element.multiline) return html`<textarea rows="4" ...${common} onInput=${keep}></textarea>`;
    const enter = (event) => event.key === "Enter" && acts && pick(event.target.value);
    return html`<input type=${type} ...${common} onInput=${keep} onKeyDown=${enter} />`;
  };
}

function moment(type) {
  return (spot) => {
    const { id, value, pick } = spot;
    const said = type === "datetime-local" && value ? new Date(value * 1000).toISOString().slice(0, 16) : value ?? "";
    const take = (event) => {
      const typed = event.target.value;
      pick(!typed ? null : type === "datetime-local" ? String(Date.parse(`${typed}Z`) / 1000) : typed);
    };
    return html`<input type=${type} id=${id} ...${named(spot)} value=${said} onChange=${take} />`;
  };
}

/** A menu of people or conversations, from what the workspace has. */
function listed(kind, shape) {
  return (spot) => {
    const users = Object.entries(store.shown.users).map(([value, user]) => [value, user.name]);
    const places = store.shown.conversations.filter((c) => c.kind !== "im").map((c) => [c.id, `#${c.name}`]);
    const options = (kind === "users" ? users : places).map(([value, text]) => ({ value, text: { type: "plain_text", text } }));
    return shape({ ...spot, element: { ...spot.element, options } });
  };
}

/** A menu whose options the app gives while one types. */
class Suggested extends Component {
  state = { options: [], typed: null };

  ask = async (typed) => {
    this.setState({ typed });
    const { place, n, element } = this.props;
    if (typed.length < (element.min_query_length ?? 3)) return;
    const options = await act("suggest", { ...place, block: n, action: element.action_id, typed });
    if (this.state.typed === typed) this.setState({ options: options ?? [] });
  };

  render({ id, element, value, pick }) {
    const chosen = this.state.options.find((o) => o.value === value);
    const shown = this.state.typed ?? (chosen ? bare(chosen.text) : value ?? "");
    const take = (option) => {
      this.setState({ typed: bare(option.text), options: [] });
      pick(option.value);
    };
    return html`<span class="suggested">
      <input type="search" id=${id} ...${named(this.props)} value=${shown} placeholder=${bare(element.placeholder)} onInput=${(e) => this.ask(e.target.value)} />
      ${this.state.options.length > 0 && html`<span class="menu">${this.state.options.map((option) => html`<button type="button" key=${option.value} onClick=${() => take(option)}>${plain(bare(option.text))}</button>`)}</span>`}
    </span>`;
  }
}

const SHAPES = {
  button,
  static_select: select,
  multi_static_select: several,
  external_select: (spot) => html`<${Suggested} ...${spot} />`,
  overflow,
  checkboxes,
  radio_buttons: radios,
  plain_text_input: line("text"),
  email_text_input: line("email"),
  url_text_input: line("url"),
  number_input: line("number"),
  datepicker: moment("date"),
  timepicker: moment("time"),
  datetimepicker: moment("datetime-local"),
  users_select: listed("users", select),
  multi_users_select: listed("users", several),
  conversations_select: listed("places", select),
  multi_conversations_select: listed("places", several),
  channels_select: listed("places", select),
  multi_channels_select: listed("places", several),
};

export const inputId = (place, n, block) => keyOf(place, n, block.element);
