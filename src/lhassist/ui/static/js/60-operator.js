// The operator: who may change the library, what only they may ask for, and following a job.

const role = { operator: false, why: null, token: "" };

// Kept as long as the browser's session, in this page's own storage: never a cookie, which other
// pages could make the browser send.
const session = {
  get() {
    try {
      return sessionStorage.getItem("lhassist.token") ?? "";
    } catch {
      return role.token;
    }
  },
  set(token) {
    role.token = token;
    try {
      sessionStorage.setItem("lhassist.token", token);
    } catch {
      // Then it is kept as long as the page.
    }
  },
};

function authorization() {
  const token = session.get();
  return token ? { Authorization: `Bearer ${token}` } : {};
}

async function operate(action, given = {}) {
  try {
    for await (const reply of call("operate", [action, given], undefined, authorization())) return reply;
  } catch {
    return { error: "error.connection" };
  }
  return { error: "error.unexpected" };
}

const locked = find(".locked");
const signIn = find(".sign-in");

let learning = 0;

// The answer to the last question counts, in whatever order answers come.
async function learnRole() {
  const mine = ++learning;
  const who = await operate("who");
  if (mine !== learning) return who;
  role.operator = who.operator === true;
  role.why = who.why ?? null;
  root.dataset.operator = String(role.operator);
  locked.hidden = role.operator;
  find("h3", locked).hidden = Boolean(who.error);
  find(".unlocked").hidden = !role.operator;
  if (!role.operator) {
    const key = who.error ?? `operator.${role.why}`;
    for (const why of [find(".why", locked), find(".locked-measure")]) {
      setLabel(why, key, { setting: "LHASSIST_OPERATOR_TOKEN" });
    }
  }
  find(".locked-measure").hidden = role.operator || Boolean(who.error);
  signIn.hidden = role.why !== "token";
  find(".sign-out").hidden = !session.get();
  return who;
}

signIn.addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = find("input", signIn);
  // What does not fit into a header cannot be the token.
  session.set(/^[\x21-\x7e]+$/.test(field.value) ? field.value : "");
  field.value = "";
  find(".failed", signIn).hidden = true;
  const mine = learning + 1;
  await learnRole();
  // Another token has been given since.
  if (mine !== learning) return;
  find(".failed", signIn).hidden = role.operator;
  if (role.operator) find(".choose").focus();
  else {
    session.set("");
    field.focus();
  }
});
find(".sign-out").addEventListener("click", async () => {
  session.set("");
  await learnRole();
  find("input", signIn).focus();
});

const STAGES = new Set(["start", "read", "embed"]);

// Shows how far the running job is until it has finished; gives its last word.
async function followJob(name, onStep = () => {}) {
  const box = find(`.job[data-job="${name}"]`);
  const bar = find("progress", box);
  box.hidden = false;
  bar.value = 0;
  setLabel(find(".stage", box), "job.start", {});
  let last = { error: "error.unexpected" };
  try {
    for await (const reply of call("follow", [], undefined, authorization())) {
      last = reply;
      if (!reply.stage) continue;
      const key = STAGES.has(reply.stage) ? reply.stage : "work";
      setLabel(find(".stage", box), `job.${key}`, { done: reply.done, total: reply.total });
      bar.value = reply.total ? reply.done / reply.total : 0;
      onStep(reply);
    }
  } catch {
    last = { error: "error.connection" };
  }
  box.hidden = true;
  return last;
}

// Starts a job, when those of others are done, and follows it to its end.
async function doJob(name, action, given, onStep) {
  for (;;) {
    const started = await operate(action, given);
    if (!started.error) return followJob(name, onStep);
    if (started.error !== "job.running") return started;
    const other = await followJob(name);
    if (other.error === "error.connection") return other;
  }
}

findAll(".job .cancel").forEach((button) => button.addEventListener("click", () => operate("cancel")));

// Says what came of something, in a line that screen readers hear.
function tell(line, key, values = {}, detail = "") {
  line.hidden = false;
  setLabel(line, key, values);
  line.classList.toggle("failed", Boolean(detail) || key.startsWith("error.") || key.startsWith("operator."));
  if (!detail) return;
  const more = document.createElement("span");
  more.className = "detail";
  more.lang = "en";
  more.textContent = detail;
  line.append(more);
}
