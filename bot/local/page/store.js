// What the page knows: what the workspace shows, and where the reader is in it. One way in (load), one way out (act).
export const store = {
  shown: null, // what the workspace shows, whole
  clock: null, // what its clock shows, newer than `shown`
  ui: {
    here: null, // id of the conversation that is open
    tab: "messages", // of the app's conversation: messages, home, about
    thread: null, // { conversation, ts } of the thread in the side pane
    mark: {}, // conversation id to the message up to which it was read when it was opened
    drafts: {}, // what was typed and not sent, by conversation or thread
    forms: {}, // what views hold, by view id
    wrong: {}, // what is wrong in views, by view id
    busy: {}, // pressed and not answered
    confirm: null,
    notice: "",
    drawer: false,
    guide: true,
    done: {},
    lost: false,
  },
};

let draw = () => {};
let drawing = false;

export function onDraw(how) {
  draw = how;
}

const KEPT = `guide of ${location.pathname}`; // what a reload should not lose: how far the guide was followed

try {
  Object.assign(store.ui, JSON.parse(sessionStorage.getItem(KEPT) ?? "{}"));
} catch {
  // a browser that keeps nothing for pages: the guide begins anew
}

/** Change what the reader sees, and draw it once. */
export function change(patch = {}) {
  Object.assign(store.ui, patch);
  if ("done" in patch || "guide" in patch) {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ done: store.ui.done, guide: store.ui.guide }));
    } catch {
      // as above
    }
  }
  if (drawing) return;
  drawing = true;
  queueMicrotask(() => {
    drawing = false;
    draw();
  });
}

let loading = false;
let again = false;

/** Read everything anew; wishes that come meanwhile become one. */
export async function load() {
  if (loading) {
    again = true;
    return;
  }
  loading = true;
  try {
    const answer = await fetch("state");
    if (answer.ok) {
      store.shown = await answer.json();
      store.clock = store.shown.clock;
      change({ lost: false });
    }
  } catch {
    change({ lost: true });
  } finally {
    loading = false;
    if (again) {
      again = false;
      load();
    }
  }
}

/** Do something in the workspace; gives its answer, undefined where it could not be done. */
export async function act(name, body = {}) {
  try {
    const answer = await fetch(`do/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (answer.ok) return (await answer.json()).answer;
    tell(answer.status === 400 ? "That is no longer there: the message has changed." : "That could not be done.");
  } catch {
    change({ lost: true });
  }
  return undefined;
}

let telling = 0;

/** Say something for a few seconds, to screen readers too. */
export function tell(words) {
  change({ notice: words });
  clearTimeout(telling);
  telling = setTimeout(() => change({ notice: "" }), 6000);
}

/** Follow the workspace: it says how many changes there were and what its clock shows. */
export function follow() {
  const line = new EventSource("changes");
  line.onmessage = (event) => {
    const told = JSON.parse(event.data);
    store.clock = told.clock;
    if (!store.shown || told.changes !== store.shown.changes) load();
    change({ lost: false });
  };
  line.onerror = () => change({ lost: true });
}

export const conversationOf = (id) => store.shown.conversations.find((c) => c.id === id);

export function nameOf(conversation) {
  return conversation.kind === "im" ? store.shown.app.name : conversation.name;
}

/** Go to a conversation; what was not read there stays marked while it is open. */
export function visit(id, tab = "messages") {
  const conversation = conversationOf(id);
  const mark = { ...store.ui.mark, [id]: conversation.read[id] || "" };
  change({ here: id, tab, thread: null, drawer: false, mark });
  if (tab === "home") act("home");
}

export const threadKey = (conversation, ts) => `${conversation}/${ts}`;

/** Messages of the bot in a conversation that were not looked at, threads aside. */
export function unread(conversation) {
  const upTo = conversation.read[conversation.id] || "";
  return conversation.messages.filter(
    (m) => m.ts > upTo && m.user !== store.shown.me.id && !m.is_ephemeral && !(m.thread_ts && m.thread_ts !== m.ts),
  ).length;
}

/** Write something into the composer of the open conversation and put the cursor behind it. */
export function fill(text, key = store.ui.here) {
  change({ drafts: { ...store.ui.drafts, [key]: text }, drawer: false });
  setTimeout(() => {
    const box = document.getElementById(`composer-${key}`);
    if (box) {
      box.focus();
      box.setSelectionRange(text.length, text.length);
    }
  });
}
