// Asks the server anew which questions there are when an answer that decides about others has changed, and puts in
// and takes out only those: a question that stays keeps its element, with focus, caret and what is being typed.
// Without this script a button does the same by loading the page again.
import { initAll } from './govuk-frontend.min.js'

let asking = null

async function update (questions) {
  const form = questions.closest('form')
  asking?.abort()
  asking = new AbortController()
  const answers = new URLSearchParams(
    [...new FormData(form)].filter(([, value]) => typeof value === 'string')
  )
  answers.set('action', 'update')
  try {
    // Not form.action: that is the buttons of this name.
    const response = await fetch(form.getAttribute('action') || window.location.href, {
      method: 'POST',
      body: answers,
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
      credentials: 'same-origin',
      signal: asking.signal
    })
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    const fresh = page.querySelector('[data-questions]')
    if (!response.ok || fresh === null) throw new Error('No questions came back.')
    merge(questions.querySelector('[data-parts]'), fresh.querySelector('[data-parts]'))
  } catch (error) {
    // Signed out, or no network: the button is shown, and says what is the matter when it is pressed.
    if (error.name !== 'AbortError') document.body.classList.remove('app-scripted')
  }
}

function merge (old, fresh) {
  const before = new Map(parts(old).map((part) => [part.dataset.part, part]))
  let last = null
  for (const part of parts(fresh)) {
    const kept = before.get(part.dataset.part)
    if (kept) {
      before.delete(part.dataset.part)
      const inside = inner(kept)
      const freshInside = inner(part)
      if (inside && freshInside) merge(inside, freshInside)
      last = kept
    } else {
      const added = document.importNode(part, true)
      for (const element of added.querySelectorAll('[autofocus]')) element.removeAttribute('autofocus')
      if (last) last.after(added)
      else old.prepend(added)
      initAll({ scope: added })
      last = added
    }
  }
  for (const gone of before.values()) gone.remove()
}

function parts (container) {
  return [...container.children].filter((child) => child.dataset.part !== undefined)
}

function inner (part) {
  return part.querySelector('[data-parts]')
}

for (const questions of document.querySelectorAll('[data-questions]')) {
  document.body.classList.add('app-scripted')
  questions.addEventListener('change', (event) => {
    if (event.target.closest('[data-controls]')) update(questions)
  })
}
