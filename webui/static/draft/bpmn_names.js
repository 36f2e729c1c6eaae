// What an element of a diagram is called in words.
const KINDS = {
  'bpmn:UserTask': 'Task',
  'bpmn:ServiceTask': 'Service task',
  'bpmn:SendTask': 'Send task',
  'bpmn:BusinessRuleTask': 'Decision',
  'bpmn:CallActivity': 'Process called',
  'bpmn:SubProcess': 'Part of the process',
  'bpmn:StartEvent': 'Start',
  'bpmn:EndEvent': 'End',
  'bpmn:BoundaryEvent': 'Event on an element',
  'bpmn:IntermediateCatchEvent': 'Event waited for',
  'bpmn:IntermediateThrowEvent': 'Event',
  'bpmn:SequenceFlow': 'Flow',
  'bpmn:MessageFlow': 'Message',
  'bpmn:Participant': 'Pool',
  'bpmn:Lane': 'Lane'
}
const LISTED = ['bpmn:FlowNode', 'bpmn:Participant', 'bpmn:Lane']

export function nameOfElement ({ businessObject, type }) {
  const kind = KINDS[type] ?? words(type)
  if (businessObject.name) return `${businessObject.name.replace(/\s+/g, ' ')} (${kind.toLowerCase()})`
  const { sourceRef, targetRef } = businessObject
  if (sourceRef?.name && targetRef?.name) return `${kind} from ${sourceRef.name} to ${targetRef.name}`
  return `${kind} ${businessObject.id}`
}

// Pool by pool, from left to right.
export function inReadingOrder (registry) {
  const listed = registry.filter((element) => !element.labelTarget && LISTED.some((kind) => element.businessObject?.$instanceOf?.(kind)))
  const top = (element) => {
    let pool = element
    while (pool.parent?.parent) pool = pool.parent
    return pool.y ?? 0
  }
  return listed.sort((one, other) => top(one) - top(other) || one.x - other.x || one.y - other.y)
}

// bpmn:ExclusiveGateway → Exclusive gateway
function words (type) {
  const spaced = type.replace(/^\w+:/, '').replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return spaced
}
