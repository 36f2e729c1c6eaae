// A diagram: what the page needs of bpmn-js.
import { diagramEditor } from '../editors/bpmn.js'
import { asWritten } from './as_written.js'
import { nameOfElement, inReadingOrder } from './bpmn_names.js'
import { make } from './dom.js'

export async function open ({ canvas, panel, facts, templates }) {
  const modeler = diagramEditor({ canvas, panel, facts })
  const [registry, view, selection, overlays, stack, rules, modelling] = [
    'elementRegistry', 'canvas', 'selection', 'overlays', 'commandStack', 'rules', 'modeling'
  ].map((name) => modeler.get(name))
  modeler.get('elementTemplatesLoader').setTemplates(templates)
  let opened = ''
  let order = new Map() // id → its place among the shapes of the file as it was opened
  let marked = []

  // What is opened and saved again keeps the order of its shapes, so that only what was drawn is a difference.
  modeler.on('saveXML.start', ({ definitions }) => {
    for (const { plane } of definitions.diagrams ?? []) {
      const places = new Map((plane.planeElement ?? []).map((shape, place) => [shape, order.get(shape.id) ?? order.size + place]))
      plane.planeElement?.sort((one, other) => places.get(one) - places.get(other))
    }
  })

  function shown (id) {
    const element = id ? registry.get(id) : undefined
    if (element) return view.getRootElements().includes(element) ? undefined : element
    // A process is drawn as its pool.
    return registry.find(({ businessObject }) => businessObject?.processRef?.id === id)
  }

  const editor = {
    async load (text) {
      await modeler.importXML(text)
      opened = text
      order = new Map([...text.matchAll(/<\w+:BPMN(?:Shape|Edge)\b[^>]*?\sid="([^"]+)"/g)].map(([, id], place) => [id, place]))
      placeAtStart(view, canvas.querySelector('.djs-palette')?.getBoundingClientRect().width ?? 0)
    },
    text: async () => asWritten(opened, (await modeler.saveXML({ format: true })).xml),
    finish: () => modeler.get('directEditing').complete(),
    onchange: (listener) => modeler.on('commandStack.changed', ({ trigger }) => { if (trigger !== 'clear') listener() }),
    onselect: (listener) => modeler.on('selection.changed', ({ newSelection }) =>
      listener(newSelection.length === 1 ? newSelection[0].labelTarget?.id ?? newSelection[0].id : null)),
    resized: () => view.resized(),
    undo: () => stack.undo(),
    redo: () => stack.redo(),
    canUndo: () => stack.canUndo(),
    canRedo: () => stack.canRedo(),
    placeOf: (id) => shown(id)?.id ?? null,
    nameOf: (id) => registry.get(id) ? nameOfElement(registry.get(id)) : id,
    show (id) {
      const element = shown(id)
      if (!element) return
      const root = view.findRoot(element)
      if (root && root !== view.getRootElement()) view.setRootElement(root)
      selection.select(element)
      view.scrollToElement(element, 100)
      canvas.scrollIntoView({ block: 'nearest' })
      view.focus()
    },
    mark (byElement) {
      overlays.remove({ type: 'finding' })
      for (const [id, marker] of marked) if (registry.get(id)) view.removeMarker(id, marker)
      marked = []
      for (const [id, found] of byElement) {
        const element = shown(id)
        if (!element) continue
        const marker = found.some(({ severity }) => severity === 'error') ? 'asb-has-error' : 'asb-has-warning'
        view.addMarker(id, marker)
        marked.push([id, marker])
        overlays.add(id, 'finding', { position: cornerOf(element), html: badge(id, found, marker) })
      }
    },
    markComments (ids) {
      overlays.remove({ type: 'comment' })
      for (const id of ids) {
        if (shown(id)) {
          const html = make('span', { class: 'asb-commented', title: 'There is a comment on this' }, '…')
          overlays.add(id, 'comment', { position: { bottom: 10, right: 18 }, html })
        }
      }
    },
    outline: () => inReadingOrder(registry).map((element) => ({ id: element.id, name: nameOfElement(element) })),
    targetsOf (id) {
      const source = registry.get(id)
      if (!source || source.waypoints) return []
      return inReadingOrder(registry)
        .filter((target) => target !== source && rules.allowed('connection.create', { source, target }))
        .map((target) => ({ id: target.id, name: nameOfElement(target) }))
    },
    connect (from, to) {
      const drawn = modelling.connect(registry.get(from), registry.get(to))
      if (drawn) editor.show(drawn.id)
    }
  }

  function badge (id, found, marker) {
    const sentences = found.map(({ message }) => make('span', {}, message))
    return make('button', { type: 'button', class: `asb-badge ${marker}`, onclick: () => editor.show(id) },
      String(found.length), make('span', { class: 'asb-badge__sentences' }, ...sentences))
  }

  return editor
}

// Of a shape its upper left corner; of a connection the middle of its longest line, which may be far from all corners.
function cornerOf ({ waypoints }) {
  if (!waypoints) return { top: -14, left: -14 }
  const lines = waypoints.slice(1).map((end, number) => [waypoints[number], end])
  const [from, to] = lines.reduce((one, other) => length(other) > length(one) ? other : one)
  const [x, y] = ['x', 'y'].map((name) => Math.min(...waypoints.map((point) => point[name])))
  return { left: (from.x + to.x) / 2 - x - 14, top: (from.y + to.y) / 2 - y - 14 }
}

function length ([from, to]) {
  return Math.hypot(to.x - from.x, to.y - from.y)
}

// As a whole where it can be read so; otherwise at its left. Nothing of it is under the palette.
function placeAtStart (view, palette) {
  const { inner, outer } = view.viewbox()
  const margin = 20
  const fitting = Math.min((outer.width - palette - 3 * margin) / inner.width, (outer.height - 2 * margin) / inner.height, 1)
  const zoom = fitting < 0.5 ? 0.75 : fitting
  view.viewbox({
    x: inner.x - (palette + 2 * margin) / zoom, y: inner.y - margin / zoom, width: outer.width / zoom, height: outer.height / zoom
  })
}
