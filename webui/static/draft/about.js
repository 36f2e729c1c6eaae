// What is said of the selected element: what the check finds on it, what it stands on, what goes through it, comments.
import { button, counted, make } from './dom.js'
import { sentence } from './findings.js'

// So many examples are named; the page lists all.
const MOST_NAMED = 5

export function aboutOf ({ host, editor, server, file, findings, comments, facts }) {
  const found = make('ul', { class: 'govuk-list asb-findings' })
  const title = make('h2', { class: 'govuk-heading-s asb-editor__heading' })
  const said = make('dl', { class: 'asb-said' })
  const more = make('div')
  host.append(title, found, said, more)
  let elements = {}
  let selected = null

  async function ask () {
    elements = await server.elements().catch(() => elements)
    refresh()
  }

  function refresh () {
    title.textContent = selected ? editor.nameOf(selected) : 'Nothing is selected'
    const shown = selected && elements[selected]
    found.replaceChildren(...(selected ? findings.on(selected) : []).map((each) =>
      make('li', { class: `asb-finding asb-finding--${each.severity}` }, sentence(each))))
    said.replaceChildren(...(shown ? lines(shown) : []))
  }

  function lines ({ clauses = [], deadlines = [], letters = [], examples = [], examplesNote = '', openCases = 0 }) {
    const all = new URL('examples', facts)
    all.search = new URLSearchParams({ element: selected, file })
    return [
      ['Deadlines', deadlines],
      ['Clauses', clauses.length ? [clauses.join(', ')] : []],
      ['Letters', letters],
      ['Open cases', openCases ? [`${counted(openCases, 'open case stands', 'open cases stand')} here`] : []],
      ['Examples that go through it', [
        ...examples.slice(0, MOST_NAMED).map(({ name, title: text }) =>
          make('a', { class: 'govuk-link', href: new URL(`examples/${encodeURIComponent(name)}`, facts) }, text || name)),
        ...(examples.length > MOST_NAMED ? [make('a', { class: 'govuk-link', href: all }, `All ${examples.length}`)] : []),
        ...(examplesNote ? [examplesNote] : [])
      ]]
    ].filter(([, values]) => values.length).flatMap(([term, values]) =>
      [make('dt', {}, term), ...values.map((value) => make('dd', {}, value))])
  }

  function select (element) {
    selected = element
    more.replaceChildren(...[connection(element), comments.beside(element ?? '')].filter(Boolean))
    refresh()
  }

  // By keyboard no arrow can be drawn on the canvas.
  function connection (element) {
    const targets = element && editor.targetsOf ? editor.targetsOf(element) : []
    if (!targets.length) return null
    const choice = make('select', { class: 'govuk-select asb-select', id: 'asb-connect' },
      ...targets.map(({ id, name }) => make('option', { value: id }, name)))
    return make('div', {},
      make('label', { class: 'govuk-label', for: 'asb-connect' }, 'Connect to'), choice, ' ',
      button('Connect', () => editor.connect(element, choice.value)))
  }

  return { ask, refresh, select }
}
