// Conversations: kept in this browser, several at once. An entry holds answers as the server gave
// them, and the server looks each over before it is shown again: nothing from a file is put on the
// page as it is.

const historyDialog = find(".history");
const news = find(".news", historyDialog);
const FORMAT = "lhassist-conversation";
const MOST_ANSWERS = 200;

const stored = {
  all() {
    try {
      const entries = JSON.parse(kept.get("conversations") || "[]");
      return Array.isArray(entries) ? entries : [];
    } catch {
      return [];
    }
  },
  get: (id) => stored.all().find((entry) => entry.id === id),
  // The newest first; the oldest makes room where the browser has no more.
  put(entry) {
    const others = stored.all().filter((one) => one.id !== entry.id);
    const entries = [entry, ...others].sort((a, b) => (a.updated < b.updated ? 1 : -1));
    while (entries.length && !kept.set("conversations", JSON.stringify(entries))) {
      entries.pop();
      announcer.textContent = label("history.full");
    }
  },
  remove(id) {
    kept.set("conversations", JSON.stringify(stored.all().filter((one) => one.id !== id)));
  },
};

const current = {
  get() {
    try {
      return sessionStorage.getItem("lhassist.current") ?? "";
    } catch {
      return "";
    }
  },
  set(id) {
    try {
      sessionStorage.setItem("lhassist.current", id);
    } catch {
      // Then a reload begins anew.
    }
  },
};

function keepConversation() {
  const answers = findAll(".turn").map((turn) => turn.answer).filter(Boolean);
  const now = new Date().toISOString();
  talk.id ||= newId();
  const { title = answers[0].question, created = now } = stored.get(talk.id) ?? {};
  stored.put({ id: talk.id, title, created, updated: now, answers: answers.slice(-MOST_ANSWERS) });
  current.set(talk.id);
}

const newId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;

const forgetCurrent = () => current.set("");

async function openConversation(entry) {
  const result = await server.restore({ answers: entry.answers });
  const replies = (result?.replies ?? []).filter(Boolean);
  if (!replies.length) return false;
  clearConversation();
  talk.id = entry.id;
  current.set(entry.id);
  setState("talk");
  replies.forEach(restoreTurn);
  return true;
}

async function restoreCurrent() {
  const entry = stored.get(current.get());
  if (entry) await openConversation(entry);
}

// Files

function asMarkdown(entry) {
  const turns = entry.answers.map((answer) => `## ${answer.question}\n\n${citedText(answer)}`);
  // A comment that Markdown does not show brings the conversation back, whatever becomes of the text.
  const data = JSON.stringify(asJson(entry)).replaceAll("-", "\\u002d");
  return `# ${entry.title}\n\n${turns.join("\n\n")}\n\n<!-- ${FORMAT}\n${data}\n-->\n`;
}

function asJson({ title, created, updated, answers }) {
  return { format: FORMAT, version: 1, title, created, updated, answers };
}

function download(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name.replace(/[\\/:*?"<>|\n]+/g, " ").trim().slice(0, 60);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function parseConversation(text) {
  const [, data = text] = new RegExp(`<!-- ${FORMAT}\\n(.*)\\n-->`).exec(text) ?? [];
  try {
    const read = JSON.parse(data);
    const answers = read?.format === FORMAT && Array.isArray(read.answers) ? read.answers : [];
    return { title: read.title, created: read.created, answers: answers.slice(0, MOST_ANSWERS) };
  } catch {
    return { answers: [] };
  }
}

async function importFile(file) {
  const { title, created, answers } = parseConversation(await file.text());
  const result = answers.length ? await server.restore({ answers }) : null;
  const fitting = (result?.replies ?? []).filter(Boolean).map((reply) => reply.saved);
  if (!fitting.length) {
    setLabel(news, "error.import");
    return;
  }
  const now = new Date().toISOString();
  const entry = {
    id: newId(),
    title: typeof title === "string" && title ? title.slice(0, 200) : fitting[0].question,
    created: Number.isNaN(Date.parse(created)) ? now : created,
    updated: now,
    answers: fitting,
  };
  stored.put(entry);
  drawHistory();
  setLabel(news, "history.imported", { title: entry.title });
}

// The list

const ACTIONS = ["rename", "markdown", "json", "delete"];

function drawHistory() {
  const entries = stored.all();
  const items = entries.map((entry) => {
    const actions = ACTIONS.map(
      (name) => `<button type="button" class="quiet" data-history="${name}" data-label="history.${name}"></button>`,
    );
    const item = fragment(
      `<li><button type="button" class="title" data-history="open"></button>
       <p class="meta"></p><p class="actions">${actions.join("")}</p></li>`,
    ).firstElementChild;
    item.dataset.id = entry.id;
    find(".title", item).textContent = entry.title;
    find(".title", item).lang = props.font_tags[entry.answers[0]?.script] ?? "";
    find(".title", item).id = `lh-kept-${entry.id}`;
    for (const button of item.querySelectorAll(".actions button")) {
      button.setAttribute("aria-describedby", `lh-kept-${entry.id}`);
    }
    if (entry.id === talk.id) find(".title", item).setAttribute("aria-current", "true");
    setLabel(find(".meta", item), "history.meta", {
      date: entry.updated.slice(0, 10),
      n: entry.answers.length,
    });
    return item;
  });
  find(".list", historyDialog).replaceChildren(...items);
  find(".none", historyDialog).hidden = items.length > 0;
}

function rename(item, entry) {
  const form = fragment(
    `<form class="naming"><input type="text" maxlength="200" data-label-aria="history.name">
     <button type="submit" class="primary" data-label="history.save"></button></form>`,
  ).firstElementChild;
  const field = find("input", form);
  field.value = entry.title;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    stored.put({ ...entry, title: field.value.trim() || entry.title });
    drawHistory();
    find(`[data-id="${entry.id}"] .title`, historyDialog).focus();
  });
  find(".title", item).replaceWith(form);
  field.focus();
  field.select();
}

// A second press deletes; there is no way back.
function remove(button, entry) {
  if (button.dataset.label !== "history.sure") {
    setLabel(button, "history.sure");
    return;
  }
  stored.remove(entry.id);
  if (entry.id === talk.id) find(".new").click();
  drawHistory();
  find(".close", historyDialog).focus();
}

const HISTORY = {
  async open(item, entry) {
    if (await openConversation(entry)) {
      historyDialog.close();
      goTo("ask");
      scrollTo({ top: document.body.scrollHeight });
      question.focus({ preventScroll: true });
    } else {
      setLabel(news, "error.import");
    }
  },
  rename,
  markdown: (item, entry) => download(`${entry.title}.md`, "text/markdown", asMarkdown(entry)),
  json: (item, entry) =>
    download(`${entry.title}.json`, "application/json", JSON.stringify(asJson(entry), null, 2)),
  delete: (item, entry, button) => remove(button, entry),
};

historyDialog.addEventListener("click", (event) => {
  if (event.target === historyDialog || event.target.closest(".close")) {
    historyDialog.close();
    return;
  }
  const button = event.target.closest("[data-history]");
  const item = button?.closest("li");
  const entry = item && stored.get(item.dataset.id);
  if (entry) HISTORY[button.dataset.history](item, entry, button);
});
find(".import input", historyDialog).addEventListener("change", async (event) => {
  const field = event.target;
  if (field.files.length) await importFile(field.files[0]);
  field.value = "";
});
find(".to-history").addEventListener("click", () => {
  news.replaceChildren();
  delete news.dataset.label;
  drawHistory();
  historyDialog.showModal();
});
