// The side panel: an article at its quote, or the articles of a topic. On a narrow window it covers
// the page, keeps the focus inside, and the browser's own back button closes it.

const panel = find(".panel");
const content = find(".content", panel);
const convertSwitch = find(".convert", panel);
const narrow = matchMedia("(max-width: 1099px)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// `opener` gets the focus back; `trail` holds what the back button returns to.
const shown = { opener: null, view: null, trail: [], converted: false, inHistory: false };

const isOpen = () => !panel.hidden;

function readingScript() {
  return reader.script || props.readers[reader.language];
}

function offersConversion(script) {
  const target = readingScript();
  return target !== "en" && (target === "zh-Hans") !== (script === "zh-Hans");
}

async function load(view) {
  if (view.topic) return server.topic(view.topic);
  const script = shown.converted ? readingScript() : null;
  const { document: id, start, end, quote } = view;
  return server.article({ document: id, start, end, quote, script });
}

// Of two that were asked for in a row, the later one is shown, whichever comes first.
async function show(wanted) {
  const view = { ...wanted };
  shown.view = view;
  content.setAttribute("aria-busy", "true");
  const result = await load(view);
  if (shown.view !== view) return;
  content.setAttribute("aria-busy", "false");
  openPanel();
  if (!result || result.error) {
    content.replaceChildren(result ? failure(result.error) : failure("error.connection", () => show(view)));
  } else {
    content.replaceChildren(fragment(result.html));
  }
  drawBar(result?.script);
  find("h2, .again", content)?.focus({ preventScroll: true });
  content.scrollTop = 0;
  const mark = find("mark", content);
  // With a caption the whole picture comes into view.
  const target = mark?.closest("figure") ?? mark;
  target?.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
}

function drawBar(script) {
  find(".back", panel).hidden = shown.trail.length === 0 && !narrow.matches;
  const { view } = shown;
  const steps = view.steps ?? [];
  find(".steps", panel).hidden = steps.length < 2;
  if (steps.length > 1) {
    setLabel(find(".step", panel), "panel.step", { n: view.number + 1, total: steps.length });
    find(".previous", panel).disabled = view.number === 0;
    find(".next", panel).disabled = view.number === steps.length - 1;
  }
  convertSwitch.hidden = !script || !(shown.converted || offersConversion(script));
  if (!convertSwitch.hidden) setLabel(convertSwitch, `panel.convert.${readingScript()}`);
  convertSwitch.setAttribute("aria-pressed", String(shown.converted));
}

function openPanel() {
  if (isOpen()) return;
  panel.hidden = false;
  root.dataset.panel = "open";
  applyWidth();
  if (narrow.matches) {
    history.pushState({ ...history.state, lhassist: "panel" }, "");
    shown.inHistory = true;
  }
}

function applyWidth() {
  const covers = isOpen() && narrow.matches;
  find(".sheet").inert = covers;
  find(".scrim").hidden = !covers;
  panel.setAttribute("role", covers ? "dialog" : "complementary");
  if (covers) panel.setAttribute("aria-modal", "true");
  else panel.removeAttribute("aria-modal");
}

function closePanel() {
  if (!isOpen()) return;
  if (shown.inHistory) {
    history.back();
    return;
  }
  panel.hidden = true;
  delete root.dataset.panel;
  applyWidth();
  const { opener } = shown;
  Object.assign(shown, { opener: null, view: null, trail: [], converted: false });
  if (opener?.isConnected) opener.focus();
}

function openFrom(button, view) {
  if (panel.contains(button)) {
    shown.trail.push(shown.view);
  } else {
    shown.opener = button;
    shown.trail = [];
  }
  shown.converted = false;
  return show(view);
}

function viewOf(place) {
  const { document: id, start, end } = place.dataset;
  const quote = find("blockquote", place)?.textContent;
  return { document: id, start: start && Number(start), end: end && Number(end), quote };
}

// What has citations of its own, numbered from 1.
const CITING = ".turn, .checked";

// A citation opens with its neighbours, so that a reader can step through an answer's sources.
function citationView(citing, number) {
  const quoted = findAll(".quoted", citing).sort((a, b) => a.dataset.cite - b.dataset.cite);
  const steps = quoted.map(viewOf);
  const index = quoted.findIndex((one) => one.dataset.cite === number);
  return { ...steps[index], steps, number: index };
}

async function step(button, by) {
  const { steps, number } = shown.view;
  shown.converted = false;
  await show({ ...steps[number + by], steps, number: number + by });
  if (!button.disabled) button.focus();
}

find(".close", panel).addEventListener("click", closePanel);
find(".scrim").addEventListener("click", closePanel);
find(".back", panel).addEventListener("click", () =>
  shown.trail.length ? show(shown.trail.pop()) : closePanel(),
);
find(".previous", panel).addEventListener("click", (event) => step(event.currentTarget, -1));
find(".next", panel).addEventListener("click", (event) => step(event.currentTarget, 1));
convertSwitch.addEventListener("click", async () => {
  shown.converted = !shown.converted;
  await show(shown.view);
  convertSwitch.focus();
});
narrow.addEventListener("change", applyWidth);
addEventListener("popstate", () => {
  if (!shown.inHistory) return;
  shown.inHistory = false;
  closePanel();
});

// A picture, as large as the window.
const lightbox = find(".lightbox");

function enlarge(button) {
  const figure = button.closest("figure").cloneNode(true);
  find(".enlarge", figure).replaceWith(find("img", figure));
  find(".origin", figure)?.remove();
  find("figure", lightbox).replaceWith(figure);
  lightbox.showModal();
}

lightbox.addEventListener("click", (event) => {
  if (event.target === lightbox || event.target.closest(".close")) lightbox.close();
});

// What the browser cannot play is offered as a file.
function offerFile(player) {
  const link = fragment('<a class="missing" download data-label="recording.unplayed"></a>').firstElementChild;
  link.href = player.src.split("#")[0];
  player.hidden = true;
  player.after(link);
}

root.addEventListener(
  "error",
  (event) => {
    if (event.target.matches(".recording > :is(audio, video):not([hidden])")) offerFile(event.target);
  },
  true,
);
