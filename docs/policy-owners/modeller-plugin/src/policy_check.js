// Asks about a diagram while it is drawn, and marks on it what was found.
import { modeller } from './modeller.js';
import { remember, reportsOf } from './reports.js';
import { ask } from './server.js';

const REST = 500; // milliseconds without a change before one asks
const MARK = 'policy-check';
const WORDS = { error: 'error', warn: 'warning' };

export function PolicyCheck(bpmnjs, canvas, elementRegistry, eventBus, overlays) {
  let timer;
  let asking = new AbortController();

  // A diagram is attached when its tab is chosen: its folder may be another by now.
  eventBus.on(['import.done', 'attach', 'commandStack.changed'], later);
  window.addEventListener('focus', later); // the server may have been started meanwhile
  eventBus.on('diagram.destroy', () => {
    window.removeEventListener('focus', later);
    clearTimeout(timer);
    asking.abort();
  });

  function later() {
    const { tab } = modeller;
    clearTimeout(timer);
    asking.abort();
    timer = setTimeout(() => check(tab).catch(() => {}), REST); // it was asked anew meanwhile, or cannot be saved
  }

  async function check(tab) {
    const definitions = bpmnjs.getDefinitions();
    if (!tab || !definitions || !canvas.getContainer().isConnected) return;
    const { signal } = (asking = new AbortController());
    const { xml } = await bpmnjs.saveXML({ format: true });
    const answer = await ask(modeller.port, tab.file && tab.file.path, xml, signal);
    remember(definitions, answer);
    mark(reportsOf(definitions));
    if (modeller.tab && modeller.tab.id === tab.id) modeller.lint(definitions);
  }

  function mark(reports) {
    overlays.remove({ type: MARK });
    const byElement = new Map();
    for (const report of reports) {
      const element = elementRegistry.get(report.id);
      // What is said of the whole has no place on it.
      if (!element || element === canvas.getRootElement() || report.category === 'info') continue;
      byElement.set(element, [...(byElement.get(element) || []), report]);
    }
    for (const [element, found] of byElement) {
      overlays.add(element, MARK, { position: { top: -12, right: 12 }, html: badge(found) });
    }
  }
}

PolicyCheck.$inject = ['bpmnjs', 'canvas', 'elementRegistry', 'eventBus', 'overlays'];

function badge(reports) {
  const made = document.createElement('div');
  const worst = reports.some((each) => each.category === 'error') ? 'error' : 'warn';
  made.className = `policy-check policy-check-${worst}`;
  made.textContent = reports.length;
  made.title = reports.map((each) => `${WORDS[each.category]}: ${each.message}`).join('\n');
  made.setAttribute('role', 'img');
  made.setAttribute('aria-label', made.title);
  return made;
}
