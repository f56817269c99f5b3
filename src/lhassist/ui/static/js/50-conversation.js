// Asking: a turn holds a question and the answer as it grows.

const conversation = find(".conversation");
const composer = find(".composer");
const question = find("#lh-question");
const announcer = find(".announcer");
const talk = { id: "", session: "", running: null, turns: [] };
const REMEMBERED = 6;

// Server-sent events of one call to Gradio's queue: yields the value of each.
async function* call(endpoint, values, signal, more = {}) {
  const url = new URL(`gradio_api/call/${endpoint}`, document.baseURI);
  const headers = { "Content-Type": "application/json", ...more };
  const joined = await fetch(url, { method: "POST", headers, signal, body: JSON.stringify({ data: values }) });
  if (!joined.ok) throw new Error(`${joined.status}`);
  const { event_id: id } = await joined.json();
  const stream = await fetch(`${url}/${id}`, { signal });
  if (!stream.ok) throw new Error(`${stream.status}`);
  const chunks = stream.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await chunks.read();
    if (done) throw new Error("the stream broke off");
    const events = (rest + value).split("\n\n");
    rest = events.pop();
    for (const event of events) {
      const [, kind, data] = /^event: (\w+)\ndata: ([^]*)$/.exec(event) ?? [];
      if (kind === "error") {
        yield { error: "error.unexpected" };
        return;
      }
      if (kind === "complete") return;
      if (kind === "generating") yield JSON.parse(data)[0];
    }
  }
}

// Replaces only those children that have changed, so that what stands keeps its focus and place.
function grow(body, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const next = [...template.content.children];
  const before = body.raw ?? [];
  body.raw = next.map((child) => child.outerHTML);
  next.forEach((child, index) => {
    if (before[index] === body.raw[index]) return;
    translate(child);
    if (body.children[index]) body.children[index].replaceWith(child);
    else body.append(child);
  });
  while (body.children.length > next.length) body.lastElementChild.remove();
}

function newTurn(text) {
  const turn = document.createElement("article");
  turn.className = "turn";
  turn.append(
    fragment(
      `<h2 class="question"><span class="tag" data-label="turn.question"></span><span class="text"></span></h2>
       <div class="reply" aria-busy="true"><span class="tag" data-label="turn.answer"></span>
       <div class="said-body"><p class="busy" data-label="ask.busy"></p></div></div>`,
    ),
  );
  find(".text", turn).textContent = text;
  conversation.append(turn);
  return turn;
}

function fail(turn, key, text) {
  if (turn.quoted) {
    keepQuotes(turn);
    return;
  }
  const body = find(".said-body", turn);
  body.raw = null;
  const again = () => {
    turn.remove();
    ask(text);
  };
  body.replaceChildren(failure(key, key === "error.question" ? null : again));
  announcer.textContent = label(key);
}

async function ask(text) {
  stopWaiting();
  goTo("ask");
  setState("talk");
  hideQuote();
  const control = new AbortController();
  const turn = newTurn(text);
  talk.running = { control, turn };
  turn.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
  announcer.textContent = label("ask.busy");
  try {
    await fillTurn(turn, text, control.signal);
  } catch (error) {
    if (!control.signal.aborted) fail(turn, "error.connection", text);
    else if (!turn.answer) turn.remove();
  } finally {
    find(".reply", turn).setAttribute("aria-busy", "false");
    if (talk.running?.control === control) talk.running = null;
  }
}

// While a language model is asked, the answer in quotes is there for whoever does not wait.
function keepQuotes(turn) {
  showReply(turn, turn.quoted);
  announce(turn.quoted, []);
  finish(turn, turn.quoted);
}

function stopWaiting() {
  const { control, turn } = talk.running ?? {};
  if (turn?.quoted && !turn.answer) keepQuotes(turn);
  control?.abort();
}

async function fillTurn(turn, text, signal) {
  const values = [text, reader.script, talk.session || props.readers[reader.language], talk.turns];
  let spoken = [];
  for await (const reply of call("ask", values, signal)) {
    if (reply.error) {
      fail(turn, reply.error, text);
      return;
    }
    if (reply.saved) {
      finish(turn, reply);
      return;
    }
    showReply(turn, reply);
    if (reply.quoted) {
      turn.quoted = reply.quoted;
      announcer.textContent = label("quoted.pending");
    } else {
      announce(reply, spoken);
      spoken = reply.said;
    }
  }
  fail(turn, "error.unexpected", text);
}

// Each sentence once; all of them where an answer does not go on from what was said.
function announce({ script, said }, spoken) {
  const goesOn = spoken.length > 0 && spoken.every((sentence, index) => sentence === said[index]);
  announcer.lang = props.font_tags[script];
  if (!goesOn) announcer.replaceChildren();
  for (const sentence of said.slice(goesOn ? spoken.length : 0)) {
    const line = document.createElement("p");
    line.textContent = sentence;
    announcer.append(line);
  }
}

// The answer is whole: what stands under it comes with it, and the conversation is kept.
function finish(turn, { saved, found, further }) {
  settle(turn, saved);
  const under = fragment('<section class="found" hidden></section>');
  find(".found", under).append(fragment(found));
  find(".tools", turn).after(under);
  const onward = fragment('<section class="further"></section>');
  find(".further", onward).append(fragment(further));
  find(".reply", turn).append(onward);
  keepConversation();
}

function settle(turn, saved) {
  turn.answer = saved;
  equip(turn);
  remember(saved);
}

// An answer of an earlier day, as the server has looked it over.
function restoreTurn(reply) {
  const turn = newTurn(reply.saved.question);
  showReply(turn, reply);
  settle(turn, reply.saved);
  find("[data-tool=found]", turn).hidden = true;
  find(".reply", turn).setAttribute("aria-busy", "false");
}

function showReply(turn, reply) {
  grow(find(".said-body", turn), reply.html);
  turn.dataset.status = reply.status;
  find(".question .text", turn).lang = reply.question_lang;
  talk.session = reply.script;
}

// What a later question may leave out: 那规上工业呢？
function remember({ question, understood_as: understood, text }) {
  const turn = { question, understood: understood ?? question, said: plain(text) };
  talk.turns = [...talk.turns, turn].slice(-REMEMBERED);
}

const plain = (text) => text.replace(/\[\d+\]/g, "");

function fitHeight() {
  question.style.height = "auto";
  question.style.height = `${question.scrollHeight}px`;
}

function submit() {
  const text = question.value.trim();
  if (!text) {
    question.focus();
    return;
  }
  question.value = "";
  fitHeight();
  forgetWording();
  ask(text);
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
question.addEventListener("input", fitHeight);
question.addEventListener("keydown", (event) => {
  // Enter that ends the input of a Chinese word is not yet a question.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  submit();
});
function clearConversation() {
  talk.running?.control.abort();
  talk.id = "";
  talk.session = "";
  talk.turns = [];
  stopReading();
  closePanel();
  conversation.replaceChildren();
  announcer.replaceChildren();
}

find(".new").addEventListener("click", () => {
  clearConversation();
  forgetCurrent();
  setState("front");
  scrollTo({ top: 0 });
  question.focus();
});
