// The desktop modeller as far as a plug-in has to do with it: a window with one tab, its drawing and its Problems panel.
// Made of what the desktop modeller is made of, and bundled by bundle_desktop.js. It is told the port by `asbPort`.
import Modeler from 'bpmn-js/lib/Modeler';
import { Linter } from '@camunda/linting';
import linting from '@camunda/linting/modeler';
import modelerModdle from 'modeler-moddle/resources/modeler.json';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json';

const partsOf = (type) => window.plugins.filter((each) => each.type === type).map((each) => each.plugin);
const listeners = {};
const linter = new Linter({ modeler: 'desktop', type: 'cloud', plugins: partsOf('lintRules.cloud-bpmn') });

const modeler = new Modeler({
  container: '#canvas',
  additionalModules: [linting, ...partsOf('bpmn.cloud.modeler.additionalModules')],
  moddleExtensions: { modeler: modelerModdle, zeebe },
  linting: { active: true },
});

async function triggerAction(action, { tab, contents }) {
  if (action !== 'lint-tab') throw new Error(`no action ${action}`);
  const reports = await linter.lint(contents);
  modeler.get('linting').setErrors(reports);
  document.querySelector('#problems').replaceChildren(
    ...reports.map((report) => {
      const row = document.createElement('li');
      row.className = report.category;
      row.textContent = `${report.name || report.id}: ${report.message}`;
      row.onclick = () => modeler.get('linting').showError(report);
      return row;
    }),
  );
  document.querySelector('#tab').textContent = tab.file.path;
}

const properties = {
  subscribe: (event, listener) => (listeners[event] = [...(listeners[event] || []), listener]),
  triggerAction,
  config: { getForPlugin: async (plugin, key, fallback) => (plugin === 'policyCheck' && window.asbPort) || fallback },
};
for (const component of partsOf('client')) component(properties);

let tab = null;
modeler.on('commandStack.changed', 500, () => triggerAction('lint-tab', { tab, contents: modeler.getDefinitions() }));

window.desktop = {
  async open(path, xml) {
    tab = { id: path || 'new', type: 'cloud-bpmn', file: { path } };
    for (const component of partsOf('client')) component(properties); // the window is drawn anew
    for (const listener of listeners['app.activeTabChanged'] || []) listener({ activeTab: tab });
    await modeler.importXML(xml);
    modeler.get('canvas').zoom('fit-viewport');
  },
  rename: (id, name) => modeler.get('modeling').updateProperties(modeler.get('elementRegistry').get(id), { name }),
  remove: (id) => modeler.get('modeling').removeElements([modeler.get('elementRegistry').get(id)]),
  form(id, formId) {
    const element = modeler.get('elementRegistry').get(id);
    const form = element.businessObject.extensionElements.values.find((each) => each.$type === 'zeebe:FormDefinition');
    modeler.get('modeling').updateModdleProperties(element, form, { formId });
  },
  input(id, target, source) {
    const element = modeler.get('elementRegistry').get(id);
    const mapping = element.businessObject.extensionElements.values.find((each) => each.$type === 'zeebe:IoMapping');
    const input = mapping.inputParameters.find((each) => each.target === target);
    modeler.get('modeling').updateModdleProperties(element, input, { source });
  },
  selected: () => modeler.get('selection').get().map((each) => each.id),
};
