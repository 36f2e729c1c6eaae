// What Camunda Modeler's linter says of files, on the desktop and on the web. Bundled before it runs: the linter's own
// modules name each other without their endings, which Node does not follow.
// Standard input: a JSON list of paths. Standard output: {path: [text]}.
import { readFileSync } from 'node:fs';
import { Linter } from '@camunda/linting';
import { BpmnModdle } from 'bpmn-moddle';
import modeler from 'modeler-moddle/resources/modeler.json';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json';

async function reported(text) {
  const { rootElement } = await new BpmnModdle({ zeebe, modeler }).fromXML(text);
  const found = [];
  for (const where of ['desktop', 'web']) {
    const reports = await new Linter({ modeler: where, type: 'cloud' }).lint(rootElement);
    found.push(...reports.map((each) => `${where}: ${each.id}: ${each.message}`));
  }
  return found;
}

const readings = {};
for (const path of JSON.parse(readFileSync(0, 'utf8'))) readings[path] = await reported(readFileSync(path, 'utf8'));
process.stdout.write(JSON.stringify(readings));
