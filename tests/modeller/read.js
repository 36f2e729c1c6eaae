// Reads files as Camunda Modeler reads them, and saves them as it saves them.
// Standard input: a JSON list of paths. Standard output: {path: {warnings: [text], saved: text}}, without `saved` where
// the modeller would not open the file at all.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';
import { DmnModdle } from 'dmn-moddle';
import { validateZeebe } from '@bpmn-io/element-templates-validator';
import { Window } from 'happy-dom';

const require = createRequire(import.meta.url);
const zeebe = require('zeebe-bpmn-moddle/resources/zeebe.json');
const modeler = require('modeler-moddle/resources/modeler.json');
const dmnModeler = require('modeler-moddle/resources/dmn-modeler.json');

async function throughModdle(moddle, rootType, text) {
  const { rootElement, warnings } = await moddle.fromXML(text, rootType);
  const { xml } = await moddle.toXML(rootElement, { format: true });
  return { warnings: warnings.map((each) => each.message), saved: xml };
}

// The form editor is written for a browser's window. It is given one before it is loaded.
let FormEditor;
function formEditor() {
  if (!FormEditor) {
    const window = new Window();
    for (const name of Object.getOwnPropertyNames(window)) {
      if (!(name in globalThis)) globalThis[name] = window[name];
    }
    Object.assign(globalThis, { window, document: window.document, Event: window.Event });
    ({ FormEditor } = require('@bpmn-io/form-js-editor'));
  }
  return new FormEditor({ container: document.createElement('div') });
}

async function throughFormEditor(text) {
  const editor = formEditor();
  const { warnings } = await editor.importSchema(JSON.parse(text));
  const saved = JSON.stringify(editor.saveSchema());
  editor.destroy();
  return { warnings: warnings.map((each) => each.message), saved };
}

async function againstSchema(text) {
  const { errors } = validateZeebe(text);
  return { warnings: (errors || []).map((each) => each.message), saved: text };
}

const readers = {
  bpmn: (text) => throughModdle(new BpmnModdle({ zeebe, modeler }), 'bpmn:Definitions', text),
  dmn: (text) => throughModdle(new DmnModdle({ modeler: dmnModeler }), 'dmn:Definitions', text),
  form: throughFormEditor,
  json: againstSchema,
};

const readings = {};
for (const path of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    readings[path] = await readers[path.split('.').pop()](readFileSync(path, 'utf8'));
  } catch (error) {
    readings[path] = { warnings: [...(error.warnings || []), error].map((each) => each.message) };
  }
}
// The form editor leaves timers behind that would keep the process alive.
process.stdout.write(JSON.stringify(readings), () => process.exit(0));
