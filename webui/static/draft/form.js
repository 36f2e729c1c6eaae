// A form: what the page needs of form-js. What it looks like to people, our own server draws beside it.
import { formEditor } from '../editors/form.js'
import { inOrderOf } from './form_order.js'
import { markSheet } from './marks.js'

export async function open ({ canvas, panel }) {
  const editor = formEditor({ canvas, panel })
  const marks = markSheet()
  const stack = () => editor.get('commandStack')
  let original = {}
  let ending = ''

  const fields = () => flat(editor.getSchema?.() ?? editor.saveSchema())
  const field = (id) => id ? fields().find((each) => each.id === id || each.key === id) : undefined

  return {
    async load (text) {
      original = JSON.parse(text)
      ending = text.endsWith('\n') ? '\n' : ''
      await editor.importSchema(original)
    },
    text: async () => JSON.stringify(inOrderOf(original, { ...editor.saveSchema(), ...versionOf(original) }), null, 2) + ending,
    finish: () => document.activeElement?.blur(),
    onchange: (listener) => editor.on('commandStack.changed', listener),
    onselect: (listener) => editor.on('selection.changed', ({ selection }) =>
      listener(selection && selection.type !== 'default' ? selection.id : null)),
    undo: () => stack().undo(),
    redo: () => stack().redo(),
    canUndo: () => stack().canUndo(),
    canRedo: () => stack().canRedo(),
    placeOf: (id) => field(id)?.id ?? null,
    nameOf (id) {
      const found = field(id)
      return found ? found.label || found.key || found.text || found.id : id
    },
    show (id) {
      const found = field(id)
      if (!found) return
      editor.get('selection').set(editor.get('formFieldRegistry').get(found.id))
      const place = canvas.querySelector(`.fjs-element[data-id="${CSS.escape(found.id)}"]`)
      place?.scrollIntoView({ block: 'nearest' })
      place?.focus()
    },
    mark: (byElement) => marks.show(byElement),
    markComments () {},
    outline: () => fields().map((each) => ({ id: each.id, name: each.label || each.key || each.text || each.id }))
  }
}

function flat ({ components = [] }) {
  return components.flatMap((component) => [component, ...flat(component)])
}

// Of what we ask with, nothing reads otherwise in a later version of the schema.
function versionOf ({ schemaVersion }) {
  return schemaVersion === undefined ? {} : { schemaVersion }
}
