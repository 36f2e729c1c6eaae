// Decision tables: what the page needs of dmn-js, which shows the overview and each table as a view of its own.
import { decisionEditor } from '../editors/dmn.js'
import { asWritten } from './as_written.js'
import { button, make } from './dom.js'
import { markSheet } from './marks.js'

export async function open ({ canvas, tools }) {
  const modeler = decisionEditor({ canvas })
  const views = make('div', { class: 'asb-views', role: 'group', 'aria-label': 'Tables of this file' })
  tools.after(views)
  const marks = markSheet()
  const heard = new WeakSet()
  let opened = ''
  let onchange = () => {}
  let onselect = () => {}

  const viewer = () => modeler.getActiveViewer()
  const stack = () => viewer()?.get('commandStack', false)
  const view = (id) => modeler.getViews().find(({ element }) => element.id === id || holds(element, id))

  modeler.on('views.changed', ({ activeView }) => {
    const active = viewer()
    if (active && !heard.has(active)) {
      heard.add(active)
      active.on('commandStack.changed', () => onchange())
      active.on('selection.changed', ({ newSelection }) => {
        if (newSelection?.length === 1) onselect(newSelection[0].id)
      })
    }
    views.replaceChildren(...modeler.getViews().map((each) => button(each.type === 'drd' ? 'Overview' : each.name || each.id,
      () => modeler.open(each), { 'aria-pressed': String(each.element === activeView?.element) })))
    // The head of the column of row numbers has nothing to read.
    canvas.querySelector('th.index-column')?.setAttribute('role', 'cell')
    onselect(activeView?.type === 'drd' ? null : activeView?.element.id ?? null)
  })

  const decisions = () => modeler.getDefinitions()?.drgElement ?? []

  return {
    async load (text) {
      await modeler.importXML(text)
      opened = text
      const tables = modeler.getViews().filter(({ type }) => type !== 'drd')
      if (tables.length === 1) await modeler.open(tables[0])
    },
    text: async () => asWritten(opened, (await modeler.saveXML({ format: true })).xml),
    finish: () => document.activeElement?.blur(),
    onchange: (listener) => { onchange = listener },
    onselect: (listener) => { onselect = listener },
    undo: () => stack()?.undo(),
    redo: () => stack()?.redo(),
    canUndo: () => stack()?.canUndo() ?? false,
    canRedo: () => stack()?.canRedo() ?? false,
    placeOf: (id) => (id && view(id) ? id : null),
    nameOf (id) {
      const found = view(id)?.element
      if (!found) return id
      const place = placeIn(found, id)
      return `${found.name || found.id}${place}`
    },
    async show (id) {
      const found = view(id)
      if (!found) return
      if (modeler.getActiveView() !== found) await modeler.open(found)
      const place = canvas.querySelector(`[data-element-id="${CSS.escape(id)}"], [data-row-id="${CSS.escape(id)}"]`)
      const field = place?.querySelector('[contenteditable]') ?? canvas.querySelector('[contenteditable], [tabindex]')
      ;(place ?? canvas).scrollIntoView({ block: 'nearest', inline: 'nearest' })
      field?.focus()
    },
    mark: (byElement) => marks.show(byElement),
    markComments () {},
    outline: () => decisions().map(({ id, name }) => ({ id, name: name || id }))
  }
}

const rulesOf = (decision) => decision.decisionLogic?.rule ?? []

function holds (decision, id) {
  return rulesOf(decision).some((rule) => rule.id === id || cellsOf(rule).some((cell) => cell.id === id))
}

function placeIn (decision, id) {
  const row = rulesOf(decision).findIndex((rule) => rule.id === id || cellsOf(rule).some((cell) => cell.id === id))
  return row < 0 ? '' : `, row ${row + 1}`
}

function cellsOf ({ inputEntry = [], outputEntry = [] }) {
  return [...inputEntry, ...outputEntry]
}
