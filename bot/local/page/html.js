// Preact and htm as one name. Text goes into the page as text nodes only: nothing here sets markup from a string.
import { Component, h, render } from "./vendor/preact.mjs";
import htm from "./vendor/htm.mjs";

export const html = htm.bind(h);
export { Component, render };
