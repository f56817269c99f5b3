// Under an answer: copy it with its sources, have it read aloud, see what was searched, say what you think.

// The words of an answer and its quotes, as plain text that is good Markdown, too.
function citedText({ sentences, text, citations }) {
  const marks = (numbers) => numbers.map((number) => `[${number}]`).join("");
  const said = sentences.map((one) => one.text + marks(one.citations)).join("") || text;
  const sources = citations.map(({ number, title, published, quote, script }) => {
    const [open, close] = script === "zh-Hans" ? "“”" : "「」";
    const date = published ? `（${writtenDate(published.date)}）` : "";
    return `[${number}] ${title}${date}${open}${quote}${close}`;
  });
  return [said, ...sources].join("\n\n");
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure connection there is only the old way.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

async function copyAnswer(button, turn) {
  await copyText(citedText(turn.answer));
  setLabel(button, "tools.copied");
  announcer.textContent = label("tools.copied");
  setTimeout(() => setLabel(button, "tools.copy"), 2000);
  button.focus();
}

// Reading aloud, with the service's own voice; where it has none, with one of the browser's for what the answer is written in.
const VOICES = {
  "zh-Hans": ["zh-CN", "zh-SG", "zh-TW"],
  "zh-Hant": ["zh-TW", "zh-CN"],
  "zh-TW": ["zh-TW", "zh-CN"],
  "zh-HK": ["zh-HK", "yue", "zh-TW", "zh-CN"],
  en: ["zh-CN", "zh-TW"],
};
const speech = window.speechSynthesis;
const player = new Audio();
const reading = { button: null };
const inSentences = (text) => text.match(/[^。！？\n]+[。！？]*/g) ?? [];
const hasOwnVoice = () => root.dataset.voice === "true";

function voiceFor(script) {
  const voices = speech?.getVoices() ?? [];
  const tags = VOICES[script] ?? [];
  const spoken = (voice) => voice.lang.replace("_", "-").toLowerCase();
  return tags
    .map((tag) => voices.find((voice) => spoken(voice).startsWith(tag.toLowerCase())))
    .find(Boolean);
}

function stopReading() {
  if (!reading.button) return;
  const { button } = reading;
  reading.button = null;
  speech?.cancel();
  player.pause();
  setLabel(button, "tools.speak");
}

// The next sentence is made while one is played.
async function playAloud(button, text) {
  const sentences = inSentences(text);
  const made = (index) => (index < sentences.length ? server.recording({ text: sentences[index] }) : null);
  let next = made(0);
  for (let index = 1; next && reading.button === button; index += 1) {
    const recording = await next;
    next = made(index);
    if (reading.button !== button || !recording?.sound) break;
    await new Promise((done) => {
      player.onended = player.onpause = player.onerror = done;
      player.src = recording.sound;
      player.play().catch(done);
    });
  }
  if (reading.button === button) stopReading();
}

async function readAloud(button, turn) {
  const again = reading.button === button;
  stopReading();
  if (again) return;
  reading.button = button;
  setLabel(button, "tools.quiet");
  if (hasOwnVoice()) return playAloud(button, plain(turn.answer.text));
  const voice = voiceFor(turn.answer.script);
  const result = await server.spoken({ text: plain(turn.answer.text) });
  if (reading.button !== button) return;
  const sentences = inSentences(result?.text ?? "");
  sentences.forEach((sentence, index) => {
    const said = new SpeechSynthesisUtterance(sentence);
    said.voice = voice;
    said.lang = voice.lang;
    if (index === sentences.length - 1) said.onend = () => reading.button === button && stopReading();
    speech.speak(said);
  });
  if (!sentences.length) stopReading();
}

function equip(turn) {
  const button = find("[data-tool=speak]", turn);
  if (button && turn.answer) button.hidden = !hasOwnVoice() && !voiceFor(turn.answer.script);
}

speech?.addEventListener("voiceschanged", () => findAll(".turn").forEach(equip));

function toggleFound(button, turn) {
  const found = find(".found", turn);
  found.hidden = !found.hidden;
  button.setAttribute("aria-expanded", String(!found.hidden));
}

// What the reader thinks: a good answer needs no words, of a bad one the reason is asked.
const REASONS = ["wrong", "incomplete", "source", "unclear"];

async function sendOpinion(turn, opinion) {
  const result = await server.opinion({ ...opinion, answer: turn.answer });
  const said = !result || result.error ? "error.opinion" : "opinion.thanks";
  find(".why", turn)?.remove();
  find(".thanks", turn)?.remove();
  find(".tools", turn).append(fragment(`<span class="thanks hint" data-label="${said}"></span>`));
  announcer.textContent = label(said);
  const given = said === "opinion.thanks" ? opinion.verdict : "";
  for (const verdict of ["up", "down"]) {
    find(`[data-tool=${verdict}]`, turn).setAttribute("aria-pressed", String(given === verdict));
  }
}

function askWhy(turn) {
  if (find(".why", turn)) {
    find(".why", turn).remove();
    return;
  }
  const reasons = REASONS.map(
    (reason) => `<label><input type="radio" name="reason" value="${reason}"><span data-label="opinion.${reason}"></span></label>`,
  );
  find(".tools", turn).after(
    fragment(
      `<form class="why"><fieldset><legend class="hint" data-label="opinion.why"></legend>${reasons.join("")}</fieldset>
       <label class="words"><span class="unseen" data-label="opinion.comment"></span>
       <input type="text" name="comment" maxlength="500" autocomplete="off" data-label-placeholder="opinion.comment"></label>
       <button type="submit" class="primary" data-label="opinion.send"></button></form>`,
    ),
  );
  const form = find(".why", turn);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = new FormData(form);
    sendOpinion(turn, {
      verdict: "down",
      reason: given.get("reason") ?? "",
      comment: given.get("comment"),
    });
    find("[data-tool=down]", turn).focus();
  });
  find("input", form).focus();
  form.scrollIntoView({ block: "nearest" });
}

const TOOLS = {
  copy: copyAnswer,
  speak: readAloud,
  found: toggleFound,
  up: (button, turn) => sendOpinion(turn, { verdict: "up" }),
  down: (button, turn) => askWhy(turn),
};

root.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tool]");
  const turn = button?.closest(".turn");
  if (turn?.answer) TOOLS[button.dataset.tool](button, turn);
});
addEventListener("pagehide", stopReading);
