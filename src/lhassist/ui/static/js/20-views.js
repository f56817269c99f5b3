// The page's views: one shows at a time, and the address names it (`#check`), so that the browser's
// own back button and a bookmark work. A part that owns a view registers what happens when it opens.

const views = new Map(findAll(".view").map((view) => [view.dataset.view, view]));
const openings = new Map();

function onView(name, open) {
  openings.set(name, open);
}

function namedView() {
  const name = location.hash.slice(1);
  return views.has(name) ? name : "ask";
}

function drawHead() {
  const large = root.dataset.view === "ask" && root.dataset.state === "front";
  root.dataset.head = large ? "large" : "small";
}

function setState(state) {
  root.dataset.state = state;
  drawHead();
}

function showView() {
  const name = namedView();
  root.dataset.view = name;
  views.forEach((view, key) => {
    view.hidden = key !== name;
  });
  findAll(".views a").forEach((link) => {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  drawHead();
  openings.get(name)?.();
}

function goTo(name) {
  if (namedView() === name) return;
  location.hash = name;
}

addEventListener("hashchange", () => {
  closePanel();
  showView();
  scrollTo({ top: 0 });
  find("h2, h1", views.get(root.dataset.view))?.focus({ preventScroll: true });
});
