// Comments on elements, and on the file as a whole.
import { button, heading, linkButton, make } from './dom.js'

export function commentsOf ({ host, editor, server, tell }) {
  let all = []
  const list = make('div')
  host.append(heading('Comments'), list)

  async function ask (said) {
    try {
      show(await (said ? server.comment(said) : server.comments()))
      return true
    } catch (error) {
      if (said) tell(`The comment was not kept. ${error.message}`)
      return false
    }
  }

  function show (comments) {
    if (JSON.stringify(comments) === JSON.stringify(all) && list.hasChildNodes()) return
    all = comments
    const open = all.filter(({ settled }) => !settled)
    list.replaceChildren(open.length
      ? make('ul', { class: 'govuk-list' }, ...open.map((comment) => line(comment, true)))
      : make('p', { class: 'govuk-body-s' }, 'None. To comment on an element, select it.'))
    editor.markComments(new Set(open.map(({ element }) => element)))
    onchange()
  }

  function line (comment, isListed) {
    const name = comment.element ? editor.nameOf(comment.element) : ''
    return make('li', { class: 'asb-comment' },
      make('span', { class: 'asb-hint' }, `${comment.by}, ${comment.at}${isListed && name ? `, on “${name}”` : ''}`),
      make('span', { class: 'asb-comment__text' }, comment.text),
      isListed && name ? linkButton('Show me', () => editor.show(comment.element), `“${name}”`) : null, ' ',
      linkButton('Settled', () => ask({ number: comment.number, settled: true }), `: ${comment.text}`))
  }

  // What stands of one element beside it: its comments, and a field for another.
  function beside (element) {
    const said = make('ul', { class: 'govuk-list asb-comments' })
    const text = make('textarea', { class: 'govuk-textarea asb-textarea', id: 'asb-comment', rows: 2 })
    const form = make('details', { class: 'govuk-details asb-details' },
      make('summary', { class: 'govuk-details__summary' }, make('span', { class: 'govuk-details__summary-text' },
        element ? 'Comment on this element' : 'Comment on the file')),
      make('label', { class: 'govuk-label', for: 'asb-comment' }, 'What you have to say'),
      text,
      button('Add the comment', async () => {
        if (text.value.trim() && await ask({ element, text: text.value.trim() })) {
          text.value = ''
          form.open = false
        }
      }))
    const refresh = () => said.replaceChildren(
      ...all.filter((comment) => comment.element === element && !comment.settled).map((comment) => line(comment, false)))
    refresh()
    onchange = refresh
    return make('div', {}, said, form)
  }

  let onchange = () => {}
  return { ask, beside }
}
