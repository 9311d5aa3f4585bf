// Block Kit as Slack shows it. A block that is not known here becomes a box with its name and its words.
import { html } from "./html.js";
import { Element, blockId, inputId } from "./elements.js";
import { channel, date, emoji, link, mention, person, textOf } from "./words.js";

/** Blocks of a message or a view: `place` is where they stand, `wrong` what is wrong with inputs, by block id. */
export function Blocks({ blocks, place, wrong = {} }) {
  return html`<div class="blocks">${blocks.map((block, n) => {
    const shape = SHAPES[block?.type];
    return shape ? shape({ block, n, place, wrong }) : unknown(block);
  })}</div>`;
}

function wordsIn(node) {
  if (Array.isArray(node)) return node.flatMap(wordsIn);
  if (!node || typeof node !== "object") return [];
  return Object.entries(node).flatMap(([name, value]) => (["text", "alt_text", "fallback"].includes(name) && typeof value === "string" ? [value] : wordsIn(value)));
}

function unknown(block) {
  const words = wordsIn(block).join(" · ").slice(0, 600);
  return html`<div class="unknown"><b>Block “${String(block?.type)}”</b> is not drawn on this page${words && html`: ${words}`}</div>`;
}

const header = ({ block }) => html`<h3 class="block-header">${textOf(block.text)}</h3>`;
const divider = () => html`<hr />`;

function section({ block, n, place }) {
  return html`<div class="block-section">
    <div class="block-words">
      ${block.text && html`<p class="rich">${textOf(block.text)}</p>`}
      ${block.fields && html`<div class="fields">${block.fields.map((field) => html`<p class="rich">${textOf(field)}</p>`)}</div>`}
    </div>
    ${block.accessory && html`<div class="accessory">${block.accessory.type === "image" ? picture(block.accessory) : html`<${Element} ...${{ place, n, block, element: block.accessory }} />`}</div>`}
  </div>`;
}

const context = ({ block }) =>
  html`<div class="block-context">${block.elements.map((item) => (item.type === "image" ? picture(item) : html`<span class="rich">${textOf(item)}</span>`))}</div>`;

const actions = ({ block, n, place }) =>
  html`<div class="block-actions">${block.elements.map((element) => html`<${Element} key=${element.action_id} ...${{ place, n, block, element }} />`)}</div>`;

/** A picture of the workspace's own; this page loads none from elsewhere. */
function picture(item) {
  const file = item.slack_file?.id;
  if (file) return html`<img src=${`file/${encodeURIComponent(file)}`} alt=${item.alt_text} />`;
  return html`<span class="unknown picture">Picture: ${item.alt_text} ${item.image_url && html`(${link(item.image_url, "open it")}; this page loads none)`}</span>`;
}

const image = ({ block }) =>
  html`<figure class="block-image">${block.title && html`<figcaption>${textOf(block.title)}</figcaption>`}${picture(block)}</figure>`;

function input({ block, n, place, wrong }) {
  const id = inputId(place, n, block);
  const problem = wrong[blockId(block, n)];
  const grouped = ["checkboxes", "radio_buttons"].includes(block.element.type);
  const words = html`${textOf(block.label)}${block.optional && html` <span class="quiet">(optional)</span>`}`;
  return html`<div class="block-input ${problem ? "wrong" : ""}" role=${grouped ? "group" : undefined} aria-labelledby=${grouped ? `${id}-label` : undefined}>
    ${grouped ? html`<span class="label" id=${`${id}-label`}>${words}</span>` : html`<label class="label" for=${id}>${words}</label>`}
    <${Element} ...${{ place, n, block, element: block.element, label: true }} />
    ${problem && html`<p class="problem" role="alert">⚠ ${problem}</p>`}
    ${block.hint && html`<p class="quiet hint">${textOf(block.hint)}</p>`}
  </div>`;
}

function table({ block }) {
  const [head, ...rows] = block.rows ?? [];
  const align = (n) => block.column_settings?.[n]?.align ?? "left";
  const cell = (item) => (item.type === "rich_text" ? item.elements.map(rich) : String(item.text ?? item.value ?? ""));
  return html`<div class="block-table" role="region" aria-label="Table" tabindex="0"><table>
    <thead><tr>${(head ?? []).map((item, n) => html`<th scope="col" class=${align(n)}>${cell(item)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((item, n) => html`<td class=${align(n)}>${cell(item)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

// --- rich text ----------------------------------------------------------------------------------------------------

const richText = ({ block }) => html`<div class="rich-text">${(block.elements ?? []).map(rich)}</div>`;

function rich(element) {
  const inside = (element.elements ?? []).map(inline);
  switch (element.type) {
    case "rich_text_section":
      return html`<p class="rich">${inside}</p>`;
    case "rich_text_quote":
      return html`<blockquote class="rich">${inside}</blockquote>`;
    case "rich_text_preformatted":
      return html`<pre>${inside}</pre>`;
    case "rich_text_list": {
      const items = element.elements.map((item) => html`<li class="rich">${(item.elements ?? []).map(inline)}</li>`);
      const indent = `indent-${Math.min(8, Math.max(0, Number(element.indent) || 0))}`;
      if (element.style === "ordered") return html`<ol class=${indent} start=${(Number(element.offset) || 0) + 1}>${items}</ol>`;
      return html`<ul class=${indent}>${items}</ul>`;
    }
    default:
      return unknown(element);
  }
}

function inline(part) {
  const style = ["bold", "italic", "strike", "underline", "code"].filter((name) => part.style?.[name]).join(" ");
  switch (part.type) {
    case "text":
      return styled(String(part.text ?? ""), style);
    case "link":
      return link(part.url, String(part.text || part.url), style);
    case "emoji":
      return emoji(String(part.name), part.unicode);
    case "user":
      return mention(`@${person(part.user_id)}`);
    case "channel":
      return channel(part.channel_id);
    case "usergroup":
      return mention(`@${part.usergroup_id}`);
    case "broadcast":
      return mention(`@${part.range}`);
    case "color":
      return html`<code>${String(part.value)}</code>`;
    case "date":
      return styled(date(part.timestamp, part.format, part.fallback), style);
    default:
      return styled(String(part.text ?? `[${part.type}]`), style);
  }
}

function styled(text, style) {
  if (!style) return text;
  return style.includes("code") ? html`<code class=${style}>${text}</code>` : html`<span class=${style}>${text}</span>`;
}

const SHAPES = { header, divider, section, context, actions, image, input, table, rich_text: richText };
