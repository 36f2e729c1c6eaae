// The modeller of diagrams, with the properties panel of Camunda 8 and element templates.
import { ZeebeVariableResolverModule, VariableProvider } from '@bpmn-io/variable-resolver'
import Modeler from 'bpmn-js/lib/Modeler'
import { CreateAppendAnythingModule, CreateAppendElementTemplatesModule } from 'bpmn-js-create-append-anything'
import { CloudElementTemplatesPropertiesProviderModule } from 'bpmn-js-element-templates'
import {
  BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule
} from 'bpmn-js-properties-panel'
import behaviours from 'camunda-bpmn-js-behaviors/lib/camunda-cloud'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json'

// `facts` are the policy's own names, [{name, type, info}], for the completion of expressions.
export function diagramEditor ({ canvas, panel, facts }) {
  class Facts extends VariableProvider {
    getVariables () {
      return facts.map(({ name, type, info }) => ({ name, type, info }))
    }
  }
  return new Modeler({
    container: canvas,
    propertiesPanel: { parent: panel },
    moddleExtensions: { zeebe },
    additionalModules: [
      BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule,
      CloudElementTemplatesPropertiesProviderModule, CreateAppendAnythingModule, CreateAppendElementTemplatesModule,
      ZeebeVariableResolverModule, behaviours, { __init__: ['facts'], facts: ['type', Facts] }
    ]
  })
}
