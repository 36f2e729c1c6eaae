// Shows what `asb check NAME --serve` finds, where Camunda Modeler shows what its own linter finds.
import { ModellerWatch } from './modeller.js';
import { PolicyCheck } from './policy_check.js';
import { lintRules } from './lint_rules.js';

// As camunda-modeler-plugin-helpers registers plug-ins.
const plugins = (window.plugins = window.plugins || []);
plugins.push(
  { type: 'client', plugin: ModellerWatch },
  { type: 'bpmn.cloud.modeler.additionalModules', plugin: { __init__: ['policyCheck'], policyCheck: ['type', PolicyCheck] } },
  { type: 'lintRules.cloud-bpmn', plugin: lintRules },
);
