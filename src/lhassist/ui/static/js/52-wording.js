// Asking with the voice or a picture: what a machine hears or reads goes into the question box, where
// the reader corrects it and asks.

const RECORDING_SECONDS = 60;
const dictate = find(".dictate", composer);
const attach = find(".attach", composer);
const attached = find(".attached", composer);
const worded = find(".worded", composer);
const wording = { ways: {}, recorder: null, control: null };

// Browsers give the microphone to pages from this machine or over HTTPS alone.
const canRecord = () => isSecureContext && Boolean(navigator.mediaDevices?.getUserMedia) && "MediaRecorder" in window;

function offerWays(ways) {
  wording.ways = ways;
  dictate.hidden = !ways.sound || !canRecord();
  attach.hidden = !ways.sound && !ways.picture;
  const both = ways.sound && ways.picture;
  attach.dataset.labelAria = `wording.attach.${both ? "both" : ways.sound ? "sound" : "picture"}`;
  attached.accept = [...(ways.picture ?? []), ...(ways.sound ?? [])].join(",");
  translate(attach);
}

function sayWording(key, values = {}) {
  worded.hidden = false;
  worded.classList.toggle("failed", !/wording\.(recording|working|check|known)/.test(key));
  const words = document.createElement("span");
  setLabel(words, key, values);
  worded.replaceChildren(words);
}

// A question was asked: whatever is still being heard or read belongs to no other.
function forgetWording() {
  wording.control?.abort();
  worded.hidden = true;
}

function wayOf(name) {
  const suffix = /\.\w+$/.exec(name.toLowerCase())?.[0];
  return ["sound", "picture"].find((way) => wording.ways[way]?.includes(suffix));
}

async function readWords(file) {
  forgetWording();
  const way = wayOf(file.name);
  if (!way) {
    sayWording("wording.format", { formats: attached.accept.replaceAll(",", " ") });
    return;
  }
  if (file.size > wording.ways.bytes) {
    sayWording("wording.size", { n: wording.ways.bytes / 1e6 });
    return;
  }
  const control = new AbortController();
  wording.control = control;
  sayWording(`wording.working.${way}`);
  let reply = { error: "error.unexpected" };
  try {
    const sent = { name: file.name, data: await base64(file) };
    for await (reply of call("words", [sent], control.signal)) break;
  } catch {
    reply = { error: "error.connection" };
  }
  if (control.signal.aborted) return;
  if (reply.error) sayWording(reply.error, { n: wording.ways.bytes / 1e6 });
  else takeWords(reply);
}

function takeWords({ way, words, title, ...place }) {
  question.value += words;
  fitHeight();
  question.focus();
  sayWording(title ? "wording.known" : `wording.check.${way}`);
  if (!title) return;
  const open = fragment('<button type="button" data-label="wording.open"></button>').firstElementChild;
  Object.assign(open.dataset, place);
  setLabel(open, "wording.open", { title });
  worded.append(open);
}

async function record() {
  forgetWording();
  dictate.disabled = true;
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    sayWording("wording.denied");
    return;
  } finally {
    dictate.disabled = false;
  }
  const recorder = new MediaRecorder(stream);
  const pieces = [];
  const end = setTimeout(() => recorder.stop(), 1000 * RECORDING_SECONDS);
  recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
  recorder.addEventListener("stop", () => {
    clearTimeout(end);
    stream.getTracks().forEach((track) => track.stop());
    wording.recorder = null;
    drawDictate();
    const container = /^audio\/(mp4|ogg)/.exec(recorder.mimeType)?.[1] ?? "webm";
    readWords(new File(pieces, `question.${container}`));
  });
  recorder.start();
  wording.recorder = recorder;
  drawDictate();
  sayWording("wording.recording", { n: RECORDING_SECONDS });
}

function drawDictate() {
  const isRecording = wording.recorder !== null;
  dictate.setAttribute("aria-pressed", String(isRecording));
  dictate.dataset.labelAria = isRecording ? "wording.stop" : "wording.dictate";
  translate(dictate);
}

dictate.addEventListener("click", () => (wording.recorder ? wording.recorder.stop() : record()));
attach.addEventListener("click", () => attached.click());
attached.addEventListener("change", () => {
  const [file] = attached.files;
  attached.value = "";
  if (file) readWords(file);
});
question.addEventListener("paste", (event) => {
  const [file] = event.clipboardData.files;
  if (!file || !wayOf(file.name)) return;
  event.preventDefault();
  readWords(file);
});
