// Findings as reports of a linter: { id, name, category, message }, each of something that is drawn.

const answers = new WeakMap(); // definitions of a diagram → what the server said of it last

export function remember(definitions, answer) {
  answers.set(definitions, answer);
}

/** What is to be reported of the diagram as it now is: what was said of an element that is gone is said of the whole. */
export function reportsOf(definitions) {
  const answer = answers.get(definitions);
  const drawn = drawnIn(definitions);
  if (!answer || !drawn) return [];
  if (answer.sentence) return [{ id: drawn.whole.id, name: 'Policy check', category: 'info', message: answer.sentence }];
  const fresh = new Set(answer.new);
  return answer.findings.flatMap((finding, number) => {
    const category = finding.severity === 'error' ? 'error' : 'warn';
    if (finding.file === answer.file) {
      return [{ ...drawn.at(finding.element_id), category, message: inFull(finding) }];
    }
    // Of other files one is told what keeps the folder from running, and what one has brought about oneself.
    if (category === 'warn' && !fresh.has(number)) return [];
    const message = `${finding.file}: ${inFull(finding)}`;
    return [{ id: drawn.whole.id, name: 'In another file', category, message }];
  });
}

function inFull(finding) {
  const more = count(finding.follows);
  if (!more) return finding.message;
  return `${finding.message} ${more} more ${more === 1 ? 'follows' : 'follow'} from it.`;
}

function count(findings = []) {
  return findings.reduce((sum, each) => sum + 1 + count(each.follows), 0);
}

/** What the diagram shows; null where it shows nothing. */
function drawnIn({ diagrams = [], rootElements = [] }) {
  const planes = diagrams.map((each) => each.plane).filter((each) => each && each.bpmnElement);
  if (!planes.length) return null;
  const shown = new Map();
  for (const plane of planes) {
    for (const { bpmnElement } of [plane, ...(plane.planeElement || [])]) {
      if (bpmnElement) shown.set(bpmnElement.id, as(bpmnElement));
    }
  }
  for (const { participants = [] } of rootElements) {
    for (const pool of participants) {
      // A process is drawn as its pool.
      if (pool.processRef && shown.has(pool.id)) shown.set(pool.processRef.id, as(pool));
    }
  }
  const whole = as(planes[0].bpmnElement);
  return { whole, at: (id) => shown.get(id) || whole };
}

function as({ id, name }) {
  return name ? { id, name } : { id };
}
