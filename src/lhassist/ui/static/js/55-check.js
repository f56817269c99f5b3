// Checking: a pasted text, statement by statement.

const checker = find(".checker");
const checkedText = find("#lh-text");
const checked = find(".checked");

function showChecked(result) {
  checked.setAttribute("aria-busy", "false");
  if (!result || result.error) {
    const failed = result ? failure(result.error) : failure("error.connection", check);
    if (result?.values) setLabel(find("p", failed), result.error, result.values);
    checked.replaceChildren(failed);
    announcer.textContent = checked.textContent;
    return;
  }
  const head = fragment('<h3 class="counts" tabindex="-1"></h3>');
  setLabel(find("h3", head), "check.counts", result.counts);
  checked.replaceChildren(head, fragment(result.html));
  find(".counts", checked).focus({ preventScroll: true });
}

async function check() {
  hideQuote();
  closePanel();
  checked.setAttribute("aria-busy", "true");
  checked.replaceChildren(fragment('<p class="busy" data-label="check.busy"></p>'));
  announcer.textContent = label("check.busy");
  showChecked(await server.check({ text: checkedText.value, script: readingScript() }));
}

checker.addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});
checkedText.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) check();
});
find(".try", checker).addEventListener("click", (event) => {
  checkedText.value = event.currentTarget.dataset.text;
  check();
});

function offerText(text) {
  const button = find(".try", checker);
  button.dataset.text = text;
  button.hidden = !text;
}
