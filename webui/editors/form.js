// The editor of forms, with its properties in a panel beside it.
import { FormEditor } from '@bpmn-io/form-js-editor'

export function formEditor ({ canvas, panel }) {
  return new FormEditor({ container: canvas, propertiesPanel: { parent: panel } })
}
