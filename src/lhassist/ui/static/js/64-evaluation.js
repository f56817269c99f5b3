// The evaluation: run it, read its report. The report stands in a frame that may do nothing.

const evaluation = views.get("evaluation");
const reported = find(".reported", evaluation);
const verdict = find(".told", evaluation);

async function showReport() {
  const result = await server.report();
  const html = result?.html ?? "";
  find(".none", evaluation).hidden = Boolean(html);
  reported.hidden = !html;
  if (!html) return;
  find(".report", evaluation).srcdoc = html;
  const save = find(".save", evaluation);
  if (save.href) URL.revokeObjectURL(save.href);
  save.href = URL.createObjectURL(new Blob([html], { type: "text/html" }));
}

async function measure() {
  const button = find(".measure", evaluation);
  button.disabled = true;
  verdict.hidden = true;
  const last = await doJob("evaluation", "evaluate", {});
  if (last.error) tell(verdict, last.error, {}, last.detail);
  else {
    const short = last.result.report.below_floor.length;
    tell(verdict, short ? "evaluation.short" : "evaluation.floors", { n: short });
    await showReport();
  }
  button.disabled = false;
}

find(".measure", evaluation).addEventListener("click", measure);
onView("evaluation", async () => {
  await Promise.all([learnRole(), showReport()]);
});
