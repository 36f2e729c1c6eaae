// The editor of decision tables and of what they need from one another.
import Modeler from 'dmn-js/lib/Modeler'

export function decisionEditor ({ canvas }) {
  return new Modeler({ container: canvas })
}
