// The findings as rules of the modeller's linter: what they report stands in its Problems panel. A rule answers at once,
// so it tells what the server said last.
import { reportsOf } from './reports.js';

const rule = (category) => () => ({
  check(node, reporter) {
    if (node.$type !== 'bpmn:Definitions') return; // all in one go
    for (const report of reportsOf(node)) {
      if (report.category === category) reporter.report(report.id, report.message, { name: report.name });
    }
  },
});

const RULES = { error: rule('error'), warning: rule('warn'), note: rule('info') };

export const lintRules = {
  config: { rules: { 'asb/error': 'error', 'asb/warning': 'warn', 'asb/note': 'info' } },
  resolver: {
    resolveRule(pkg, name) {
      if (pkg === 'bpmnlint-plugin-asb' && name in RULES) return RULES[name];
      throw new Error(`no rule ${name} of ${pkg} here`);
    },
    resolveConfig(pkg) {
      throw new Error(`no settings of ${pkg} here`);
    },
  },
};
