// One listener for everything that can be pressed, and the first filling of the page.

root.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { topic, document: id } = button.dataset;
  if (button.matches(".cite, .source")) {
    hideQuote();
    openFrom(button, citationView(button.closest(CITING), button.dataset.cite));
  } else if (button.matches(".enlarge")) {
    enlarge(button);
  } else if (button.matches(".skip")) {
    goTo("ask");
    question.focus();
  } else if (button.matches(".keep")) {
    const turn = button.closest(".turn");
    stopWaiting();
    find("[data-tool=copy]", turn).focus();
  } else if (button.matches("[data-ask]")) {
    ask(button.textContent);
  } else if (topic) {
    openFrom(button, { topic });
  } else if (id) {
    openFrom(button, viewOf(button));
  }
});

addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || lightbox.open || historyDialog.open) return;
  if (!popover.hidden) hideQuote();
  else closePanel();
});

function offer({ examples, lang, text }) {
  offerText(text);
  const items = examples.map((text) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.ask = "";
    button.textContent = text;
    item.append(button);
    return item;
  });
  find(".examples ul").lang = lang;
  find(".examples ul").replaceChildren(...items);
  find(".examples").hidden = items.length === 0;
}

find("select.language").addEventListener("change", async (event) => {
  const language = event.target.value;
  kept.set("language", language);
  setLanguage(language);
  if (isOpen() && shown.view) drawBar(find(".article", content)?.dataset.script);
  const result = await server.examples(language);
  if (result && language === reader.language) offer(result);
});
find("select.script").addEventListener("change", (event) => {
  reader.script = event.target.value;
  kept.set("script", reader.script);
  if (isOpen() && shown.view) drawBar(find(".article", content)?.dataset.script);
});

function restoreScript() {
  const choice = find("select.script");
  choice.value = kept.get("script");
  if (choice.selectedIndex < 0) choice.value = "";
  reader.script = choice.value;
}

async function start() {
  const chosen = kept.get("language");
  const [first, offered] = await Promise.all([server.start(chosen), server.examples(chosen)]);
  find(".standing").dataset.args = JSON.stringify({ n: first?.articles ?? 0 });
  restoreScript();
  setLanguage(first?.language ?? (chosen || "zh-CN"));
  showView();
  if (!first) {
    root.dataset.ready = "true";
    setState("talk");
    conversation.replaceChildren(failure("error.connection", () => location.reload()));
    return;
  }
  root.dataset.feedback = String(first.feedback);
  root.dataset.voice = String(first.voice);
  offerWays(first.ways);
  find(".columns").replaceChildren(fragment(first.front));
  if (offered) offer(offered);
  await restoreCurrent();
  root.dataset.ready = "true";
  if (!narrow.matches && namedView() === "ask") question.focus({ preventScroll: true });
}

start();
