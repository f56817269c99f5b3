// The texts of the page: filled in by name, so that a change of language changes all of them at once.

const root = element.querySelector(".lh");
const find = (selector, within = root) => within.querySelector(selector);
const findAll = (selector, within = root) => [...within.querySelectorAll(selector)];

const ATTRIBUTES = { aria: "aria-label", placeholder: "placeholder" };
const reader = { language: "zh-CN", script: "" };

// A browser may refuse its storage; then nothing is kept across visits.
const kept = {
  get(name) {
    try {
      return localStorage.getItem(`lhassist.${name}`) ?? "";
    } catch {
      return "";
    }
  },
  // Whether it could be kept.
  set(name, value) {
    try {
      localStorage.setItem(`lhassist.${name}`, value);
      return true;
    } catch {
      return false;
    }
  },
};

function writtenDate(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  const parts = { year: "numeric" };
  if (month) parts.month = "long";
  if (day) parts.day = "numeric";
  const locale = reader.language === "en" ? "en-GB" : reader.language;
  return new Intl.DateTimeFormat(locale, { ...parts, timeZone: "UTC" }).format(
    Date.UTC(year, (month || 1) - 1, day || 1),
  );
}

function label(key, values = {}) {
  return props.labels[reader.language][key].replace(/\{(\w+)\}/g, (_, name) =>
    name === "date" ? writtenDate(values.date) : String(values[name]),
  );
}

function setLabel(target, key, values) {
  target.dataset.label = key;
  if (values) target.dataset.args = JSON.stringify(values);
  translate(target);
}

function translateOne(target) {
  const values = target.dataset.args ? JSON.parse(target.dataset.args) : {};
  const key = target.dataset.label;
  if (key) {
    target.textContent = label(key, values);
    // A label may stand inside an article of the other script; a language's own name stays itself.
    if (!key.startsWith("language.")) target.lang = props.font_tags[reader.language];
  }
  for (const [name, attribute] of Object.entries(ATTRIBUTES)) {
    const named = target.getAttribute(`data-label-${name}`);
    if (named) target.setAttribute(attribute, label(named, values));
  }
}

const LABELLED = "[data-label], [data-label-aria], [data-label-placeholder]";

function translate(within) {
  if (within.matches?.(LABELLED)) translateOne(within);
  findAll(LABELLED, within).forEach(translateOne);
}

function setLanguage(language) {
  reader.language = language;
  const lang = props.font_tags[language];
  document.documentElement.lang = lang;
  root.lang = lang;
  document.title = label("page.title");
  find("select.language").value = language;
  translate(root);
}

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  translate(template.content);
  return template.content;
}

// What went wrong, with the way to try again where that may help.
function failure(key, again) {
  const box = fragment(`<div class="failed"><p data-label="${key}"></p></div>`).firstElementChild;
  if (!again) return box;
  const button = fragment('<button type="button" class="again quiet" data-label="error.retry"></button>').firstElementChild;
  button.addEventListener("click", again);
  box.append(button);
  return box;
}
