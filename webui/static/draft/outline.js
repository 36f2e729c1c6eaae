// Everything that is drawn, as a list: to find and select by keyboard what the canvas offers to the mouse.
import { linkButton, make } from './dom.js'

export function outlineOf ({ host, editor }) {
  const list = make('ul', { class: 'govuk-list asb-outline' })
  const details = make('details', { class: 'govuk-details', ontoggle: refresh },
    make('summary', { class: 'govuk-details__summary' },
      make('span', { class: 'govuk-details__summary-text' }, 'Everything in this file, as a list')),
    make('div', { class: 'govuk-details__text' }, list))
  host.append(details)

  function refresh () {
    if (!details.open) return
    list.replaceChildren(...editor.outline().map(({ id, name }) =>
      make('li', {}, linkButton(name, () => editor.show(id)))))
  }
  return { refresh }
}
