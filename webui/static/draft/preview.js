// The form as people see it, drawn by the server as everywhere else. Nothing that is answered here is kept.
import { initAll } from '../govuk-frontend.min.js'
import { heading, make } from './dom.js'

const PAUSE = 600

export function previewOf ({ host, editor, server }) {
  const form = make('form', {
    onchange: ({ target }) => { if (target.closest('[data-controls]')) ask() },
    onsubmit: (event) => {
      event.preventDefault()
      ask(event.submitter)
    }
  })
  const status = make('p', { class: 'govuk-body-s', role: 'status' })
  host.classList.add('asb-preview')
  host.append(heading('As people see it'), status, make('div', { class: 'asb-preview__form', tabindex: 0, role: 'group', 'aria-label': 'The form as people see it' }, form))
  let asked = 0
  let timer

  async function ask (pressed = null) {
    clearTimeout(timer)
    const number = ++asked
    try {
      const answers = new URLSearchParams([...new FormData(form, pressed)].filter(([, value]) => typeof value === 'string'))
      answers.set('the-form', await editor.text())
      const page = new DOMParser().parseFromString(await server.preview(answers), 'text/html')
      if (number !== asked) return
      const focused = form.contains(document.activeElement) ? document.activeElement.id : ''
      form.replaceChildren(...page.body.childNodes)
      if (focused) document.getElementById(focused)?.focus()
      initAll({ scope: form })
      status.textContent = ''
    } catch (error) {
      if (number === asked) status.textContent = `This cannot be shown. ${error.message}`
    }
  }

  return {
    ask,
    changed () {
      clearTimeout(timer)
      timer = setTimeout(ask, PAUSE)
    }
  }
}
