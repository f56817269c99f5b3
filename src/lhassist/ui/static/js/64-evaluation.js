// The evaluation: run it, read its report. The report stands in a frame that may do nothing.

const evaluation = views.get("evaluation");
const reported = find(".reported", evaluation);
const verdict = find(".told", evaluation);
const evaluate = find(".evaluate", evaluation);

async function showReport() {
  const result = await server.report();
  find(".unreached", evaluation).replaceChildren(...(result ? [] : [failure("error.connection", openEvaluation)]));
  const html = result?.html ?? "";
  find(".none", evaluation).hidden = !result || Boolean(html) || evaluate.disabled;
  reported.hidden = !html;
  const frame = find(".report", evaluation);
  // Written anew, it would begin at its head again.
  if (!html || frame.srcdoc === html) return;
  frame.srcdoc = html;
  const save = find(".save", evaluation);
  if (save.href) URL.revokeObjectURL(save.href);
  save.href = URL.createObjectURL(new Blob([html], { type: "text/html" }));
}

async function measure() {
  evaluate.disabled = true;
  verdict.hidden = true;
  find(".none", evaluation).hidden = true;
  const last = await doJob("evaluation", "evaluate", {});
  if (last.error) tell(verdict, last.error, {}, last.detail);
  else {
    const short = last.result.report.below_floor.length;
    tell(verdict, short ? "evaluation.short" : "evaluation.floors", { n: short });
  }
  evaluate.disabled = false;
  await showReport();
}

const openEvaluation = () => Promise.all([learnRole(), showReport()]);

evaluate.addEventListener("click", measure);
onView("evaluation", openEvaluation);
