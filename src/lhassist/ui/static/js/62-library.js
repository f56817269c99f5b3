// The library: its articles, and for the operator adding, removing and rebuilding.

const library = views.get("library");
const listing = find(".listing", library);
const filters = find(".filters", library);
const opener = find(".open-add", library);
const addBox = find(".add", library);
const uploads = find(".uploads", library);
const told = find(".told", library);
const picker = find(".files", library);
const stock = { limit: 0, shown: 0, asked: 0 };
const UPLOAD_BYTES = 32e6;

function fillChoice(select, entries, any, nameOf) {
  const chosen = select.value;
  const options = [["", any, {}], ...entries.map(([name, n]) => [name, "library.option", { name: nameOf(name), n }])];
  select.replaceChildren(
    ...options.map(([value, key, values]) => {
      const option = document.createElement("option");
      option.value = value;
      setLabel(option, key, values);
      return option;
    }),
  );
  select.value = entries.some(([name]) => name === chosen) ? chosen : "";
}

// Of two lists that were asked for in a row, the later one is shown.
async function listArticles() {
  const number = ++stock.asked;
  const wanted = {
    query: find("#lh-find").value.trim(),
    topic: find("#lh-topic").value,
    year: find("#lh-year").value,
    limit: stock.limit,
  };
  const result = await server.articles(wanted);
  if (number !== stock.asked) return;
  listing.setAttribute("aria-busy", "false");
  if (!result) {
    listing.replaceChildren(
      failure("error.connection", () => {
        learnRole();
        listArticles();
      }),
    );
    return;
  }
  fillChoice(find("#lh-topic"), result.topics, "library.any.topic", (name) => label(`topic.${name}`));
  fillChoice(find("#lh-year"), result.years, "library.any.year", (name) => (name === "none" ? label("date.none") : name));
  const whole = result.found === result.total;
  setLabel(find(".count", library), whole ? "library.count" : "library.found", { found: result.found, total: result.total });
  listing.replaceChildren(fragment(result.found ? result.html : '<p class="hint" data-label="library.none"></p>'));
  find(".show-more", library).hidden = result.shown === result.found;
  stock.shown = result.shown;
  find(".fetching", library).hidden = !result.web;
  picker.accept = result.suffixes.flat().join(",");
  setLabel(find(".formats", library), "add.formats", { formats: result.suffixes.map(([usual]) => usual).join(" ") });
}

async function listChanges() {
  const result = await server.changes();
  if (result?.html) find(".told-changes", library).replaceChildren(fragment(result.html));
}

// After a change: everything of the page that shows what the collection holds.
async function showChanged() {
  await listArticles();
  if (find(".changes", library).open) await listChanges();
  const first = await server.start(reader.language);
  if (!first) return;
  setLabel(find(".standing"), "page.standing", { n: first.articles });
  find(".columns").replaceChildren(fragment(first.front));
}

let typing = 0;
filters.addEventListener("input", (event) => {
  stock.limit = 0;
  clearTimeout(typing);
  typing = setTimeout(listArticles, event.target.matches("select") ? 0 : 200);
});
filters.addEventListener("submit", (event) => {
  event.preventDefault();
  listArticles();
});
find(".show-more", library).addEventListener("click", () => {
  stock.limit = stock.shown + 200;
  listArticles();
});
find(".changes", library).addEventListener("toggle", listChanges);
find("select.language").addEventListener("change", () => {
  if (library.hidden) return;
  listArticles();
});

function openAdd(open) {
  addBox.hidden = !open;
  opener.setAttribute("aria-expanded", String(open));
}

opener.addEventListener("click", () => {
  openAdd(addBox.hidden);
  if (!addBox.hidden) find(role.operator ? ".choose" : "#lh-token", addBox)?.focus();
});

// A file on its way: a line with a bar.
function newUpload(name, again) {
  const item = fragment(
    `<li class="upload"><span class="name"></span><span class="state" data-label="file.waiting"></span>
     <progress max="1" value="0" data-label-aria="add.files"></progress><p class="detail" lang="en" hidden></p></li>`,
  ).firstElementChild;
  find(".name", item).textContent = name;
  find("progress", item).setAttribute("aria-label", name);
  find("progress", item).removeAttribute("data-label-aria");
  item.again = again;
  uploads.prepend(item);
  item.scrollIntoView({ block: "nearest" });
  return item;
}

const GOOD = new Set(["added", "changed", "unchanged", "shown"]);

function settleUpload(item, key, { detail = "", why, document: id = "" } = {}) {
  const outcome = key.replace("file.", "");
  item.dataset.outcome = GOOD.has(outcome) ? "good" : "bad";
  find("progress", item).remove();
  setLabel(find(".state", item), key);
  const more = find(".detail", item);
  more.hidden = !detail && !why;
  more.textContent = detail;
  if (why) {
    more.removeAttribute("lang");
    setLabel(more, `unreadable.${why.kind}`, { about: why.about });
  }
  if (id) {
    const open = fragment('<button type="button" class="quiet" data-label="library.open"></button>').firstElementChild;
    open.dataset.document = id;
    item.append(open);
  }
  if (outcome === "exists" && item.again) {
    const replace = fragment('<button type="button" class="quiet" data-label="file.replace"></button>').firstElementChild;
    replace.addEventListener("click", () => {
      item.remove();
      item.again();
    });
    item.append(replace);
  }
}

function drawStep(items, { stage, done, total }) {
  const [from, to] = { start: [0.1, 0.1], read: [0.15, 0.35], hear: [0.15, 0.35], embed: [0.35, 0.98] }[stage] ?? [0.1, 0.1];
  for (const item of items) {
    find("progress", item).value = from + (to - from) * (total ? done / total : 0);
    setLabel(find(".state", item), `file.${{ read: "read", hear: "read", embed: "embed" }[stage] ?? "start"}`);
  }
}

// Files wait for each other: one job at a time.
let turn = Promise.resolve();
const inTurn = (work) => (turn = turn.then(work, work));

async function addArrived(arrived, replace) {
  const items = arrived.map(({ item }) => item);
  const tickets = arrived.map(({ ticket }) => ticket);
  const last = await doJob("library", "add", { tickets, replace }, (step) => drawStep(items, step));
  if (last.error) {
    items.forEach((item) => settleUpload(item, last.error, { detail: last.detail }));
  } else {
    last.result.files.forEach((file, index) =>
      settleUpload(items[index], `file.${file.outcome}`, {
        why: file.kind ? file : undefined,
        detail: file.kind ? "" : file.reason,
        document: file.document_id,
      }),
    );
  }
  announcer.textContent = items.map((item) => `${find(".name", item).textContent}: ${find(".state", item).textContent}`).join("; ");
  await showChanged();
}

function base64(file) {
  return new Promise((done, failed) => {
    const read = new FileReader();
    read.onload = () => done(read.result.slice(read.result.indexOf(",") + 1));
    read.onerror = () => failed(read.error);
    read.readAsDataURL(file);
  });
}

// Files as `{ file, folder }`: with the folder below the articles that each is to lie in.
function addFiles(files, replace = false) {
  openAdd(true);
  const waiting = files.map((one) => ({
    ...one,
    item: newUpload([one.folder, one.file.name].filter(Boolean).join("/"), () => addFiles([one], true)),
  }));
  return inTurn(async () => {
    const arrived = [];
    for (const { file, folder, item } of waiting) {
      let reply = { error: "file.size" };
      if (file.size <= UPLOAD_BYTES) {
        try {
          reply = await operate("arrive", { name: file.name, folder, data: await base64(file) });
        } catch {
          reply = { error: "file.unreadable" };
        }
      }
      find("progress", item).value = 0.1;
      if (reply.error) settleUpload(item, reply.error, { detail: reply.detail });
      else arrived.push({ item, ticket: reply.ticket });
    }
    if (arrived.length) await addArrived(arrived, replace);
  });
}

find(".choose", library).addEventListener("click", () => picker.click());
picker.addEventListener("change", () => {
  addFiles([...picker.files].map((file) => ({ file, folder: "" })));
  picker.value = "";
});

// A file may be dropped anywhere on the library.
const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
let hovering = 0;
library.addEventListener("dragenter", (event) => {
  if (!carriesFiles(event)) return;
  hovering += 1;
  openAdd(true);
  addBox.dataset.over = "true";
});
library.addEventListener("dragleave", () => {
  hovering = Math.max(0, hovering - 1);
  if (!hovering) delete addBox.dataset.over;
});
root.addEventListener("dragover", (event) => {
  if (carriesFiles(event)) event.preventDefault();
});
root.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  // Else the browser would leave the page for the file.
  event.preventDefault();
  hovering = 0;
  delete addBox.dataset.over;
  if (role.operator && library.contains(event.target)) addDropped(event.dataTransfer);
});

// Folders are dropped, too, with all that is in them but what is hidden.
async function addDropped({ items, files }) {
  const plain = [...files].map((file) => ({ file, folder: "" }));
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  const found = entries.length ? (await Promise.all(entries.map((entry) => filesIn(entry)))).flat() : plain;
  addFiles(found.filter((one) => one.file));
  for (const { path } of found.filter((one) => !one.file)) settleUpload(newUpload(path), "file.unreadable");
  if (found.length) told.hidden = true;
  else tell(told, "file.none");
}

const promised = (wait) => new Promise((done, failed) => wait(done, failed));

// What cannot be read has a `path` and no file.
async function filesIn(entry, folder = "") {
  if (entry.name.startsWith(".")) return [];
  const path = folder ? `${folder}/${entry.name}` : entry.name;
  try {
    if (entry.isFile) return [{ file: await promised((...ways) => entry.file(...ways)), folder }];
    const reader = entry.createReader();
    const found = [];
    // A folder is read a hundred entries at a time.
    for (;;) {
      const some = await promised((...ways) => reader.readEntries(...ways));
      if (!some.length) return (await Promise.all(found.map((one) => filesIn(one, path)))).flat();
      found.push(...some);
    }
  } catch {
    return [{ path }];
  }
}

// A form whose article the service writes or fetches: `paste` and `fetch`.
async function sendForm(form, action, nameOf, replace = false) {
  const given = Object.fromEntries(new FormData(form));
  const failed = find(".failed", form);
  const button = find("button", form);
  failed.hidden = true;
  button.disabled = true;
  const reply = await operate(action, given);
  button.disabled = false;
  if (reply.error) {
    tell(failed, reply.error, {}, reply.detail);
    failed.classList.add("failed");
    // In the page's language, which need not be the browser's.
    find(":invalid", form)?.focus();
    return;
  }
  const item = newUpload(nameOf(given), () => sendForm(form, action, nameOf, true));
  await inTurn(() => addArrived([{ item, ticket: reply.ticket }], replace));
  if (item.dataset.outcome === "good") form.reset();
}

for (const [action, nameOf] of [
  ["paste", (given) => given.title],
  ["fetch", (given) => given.address],
]) {
  find(`form.${action}`, library).addEventListener("submit", (event) => {
    event.preventDefault();
    sendForm(event.currentTarget, action, nameOf);
  });
}

const removing = find(".removing", library);
listing.addEventListener("click", (event) => {
  const button = event.target.closest("[data-remove]");
  if (!button) return;
  const values = JSON.parse(button.dataset.args);
  setLabel(find("h3", removing), "remove.ask", values);
  setLabel(find(".kept", removing), "remove.kept", { folder: ".removed" });
  removing.wanted = { document: button.dataset.remove, values };
  removing.showModal();
});
find(".no", removing).addEventListener("click", () => removing.close());
find(".yes", removing).addEventListener("click", () => {
  removing.close();
  const { document: id, values } = removing.wanted;
  inTurn(async () => {
    await change("remove", { document: id }, () => ["remove.done", values]);
    opener.focus();
  });
});

async function change(action, given, wordsFor) {
  told.hidden = true;
  const last = await doJob("library", action, given);
  if (last.error) tell(told, last.error, {}, last.detail);
  else tell(told, ...wordsFor(last.result));
  await showChanged();
}

findAll("[data-rebuild]", library).forEach((button) =>
  button.addEventListener("click", () =>
    inTurn(() =>
      change("ingest", { rebuild: button.dataset.rebuild === "true" }, (report) => [
        "rebuild.done",
        {
          added: report.added.length,
          changed: report.changed.length,
          unchanged: report.unchanged,
          failed: report.failed.length,
        },
      ]),
    ),
  ),
);

onView("library", async () => {
  const [who] = await Promise.all([learnRole(), listArticles()]);
  // A job that another window started.
  if (who.busy && role.operator && find('.job[data-job="library"]').hidden) {
    await followJob("library");
    await showChanged();
  }
});
