// Walks a worked example over the drawings: a token goes by the ways that were taken, moment by moment. Without this
// script each moment is a page, with the picture of it. Who wants less motion sees each moment without the walk.
const SVG = 'http://www.w3.org/2000/svg'
const REST = 1400 // milliseconds in which a moment can be read, while it plays
const WAY = 350 // milliseconds for one way, less where there are many
const WALK = 3500 // milliseconds for all ways of a moment, at most
const BADGES = { done: '✓ done', now: '▶ now' }

class Playback {
  constructor (box) {
    this.box = box
    this.frames = JSON.parse(box.dataset.frames)
    this.at = Number(box.dataset.at) - 1
    this.canvas = this.part('canvas')
    this.slider = box.querySelector('input[type="range"]')
    this.drawings = new Map()
    this.turn = 0 // each moment that is shown ends what is under way for the one before
    this.isPlaying = false
    this.calm = window.matchMedia('(prefers-reduced-motion: reduce)')
    for (const plain of box.querySelectorAll('[data-plain]')) plain.hidden = true
    this.part('controls').hidden = false
    this.part('play').addEventListener('click', () => this.toggle())
    for (const button of box.querySelectorAll('[data-step]')) {
      button.addEventListener('click', () => this.stepTo(this.at + Number(button.dataset.step), button.dataset.step === '1'))
    }
    this.slider.addEventListener('input', () => this.stepTo(Number(this.slider.value) - 1, false))
    this.part('files').addEventListener('click', (event) => this.chooseFile(event))
    this.show(this.at, { file: box.dataset.drawing })
  }

  part (name) {
    return this.box.querySelector(`[data-${name}]`)
  }

  stepTo (at, isWalked) {
    this.stop()
    this.show(at, { isWalked })
  }

  toggle () {
    if (this.isPlaying) return this.stop()
    this.isPlaying = true
    this.part('play').textContent = 'Pause'
    this.quiet('off') // who listens is not interrupted by what plays by itself
    this.play()
  }

  stop () {
    this.isPlaying = false
    this.part('play').textContent = 'Play'
    this.quiet('polite')
  }

  quiet (how) {
    for (const name of ['day', 'told']) this.part(name).setAttribute('aria-live', how)
  }

  async play () {
    let next = this.at === this.frames.length - 1 ? 0 : this.at + 1
    while (this.isPlaying && next < this.frames.length) {
      if (!await this.show(next, { isWalked: true })) return
      const turn = this.turn
      await new Promise((resolve) => setTimeout(resolve, REST))
      if (turn !== this.turn) return
      next = this.at + 1
    }
    if (this.isPlaying) this.stop()
  }

  chooseFile (event) {
    const link = event.target.closest('a')
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    this.stop()
    this.show(this.at, { file: link.dataset.file ?? new URL(link.href).searchParams.get('drawing') })
  }

  // Whether it was shown to its end.
  async show (at, { isWalked = false, file = null }) {
    this.at = Math.min(Math.max(at, 0), this.frames.length - 1)
    const turn = ++this.turn
    const frame = this.frames[this.at]
    const shown = file ?? frame.files[0][0]
    this.tell(frame, shown)
    const drawing = await this.drawing(shown)
    if (turn !== this.turn) return false
    if (drawing === null) return true // the words are there
    this.canvas.setAttribute('aria-label', `Drawing of ${frame.files.find(([each]) => each === shown)[1]}`)
    if (this.canvas.firstElementChild !== drawing) this.canvas.replaceChildren(drawing)
    for (const old of drawing.querySelectorAll('[data-walk]')) old.remove()
    const walked = frame.walked[shown] ?? []
    const stands = frame.stands[shown] ?? []
    if (isWalked && !this.calm.matches && !await this.walk(drawing, walked, turn)) return false
    for (const id of walked) if (!stands.includes(id)) mark(drawing, id, 'done')
    for (const id of stands) mark(drawing, id, 'now')
    this.follow(drawing, [...stands].reverse().concat([...walked].reverse()))
    return true
  }

  tell (frame, shown) {
    const number = this.at + 1
    this.slider.value = number
    this.slider.setAttribute('aria-valuetext', `${number} of ${this.frames.length}: ${frame.day}, ${frame.time}`)
    this.part('number').textContent = number
    this.part('day').textContent = `${frame.day}, ${frame.time}`
    list(this.part('sentences'), frame.sentences)
    list(this.part('standings'), frame.standings.length ? frame.standings : ['Nowhere: nothing waits any more.'])
    const address = new URL(window.location.href)
    address.searchParams.set('frame', number)
    this.part('files').replaceChildren(...frame.files.map(([file, title]) => {
      const link = document.createElement('a')
      link.className = 'govuk-link'
      address.searchParams.set('drawing', file)
      link.href = address.href
      link.dataset.file = file
      link.textContent = title
      if (file === shown) link.setAttribute('aria-current', 'true')
      return link
    }))
    address.searchParams.delete('drawing')
    window.history.replaceState(null, '', address.href)
  }

  async drawing (file) {
    if (!this.drawings.has(file)) {
      try {
        const answer = await fetch(this.box.dataset.drawings.replace('DRAWING', encodeURIComponent(file)))
        if (!answer.ok) throw new Error(answer.statusText)
        const read = new DOMParser().parseFromString(await answer.text(), 'image/svg+xml')
        this.drawings.set(file, document.adoptNode(read.documentElement))
      } catch {
        return null // signed out, or no network: the words go on, and the next try may succeed
      }
    }
    return this.drawings.get(file)
  }

  // A token goes along the ways in their order. Whether nothing else was asked for meanwhile.
  async walk (drawing, walked, turn) {
    const lines = walked.map((id) => line(drawing, id)).filter((each) => each !== null)
    const time = Math.min(WAY, WALK / Math.max(lines.length, 1))
    for (const path of lines) {
      this.follow(drawing, [path])
      const token = draw('circle', { r: 9, class: 'app-walk__token', 'data-walk': '' })
      path.parentNode.parentNode.append(token)
      const length = path.getTotalLength()
      const begun = window.performance.now()
      for (let done = 0; done < 1;) {
        done = Math.min((await frameOf() - begun) / time, 1)
        const place = path.getPointAtLength(length * Math.max(done, 0))
        token.setAttribute('cx', place.x)
        token.setAttribute('cy', place.y)
        if (turn !== this.turn) return false
      }
      token.remove()
    }
    return true
  }

  // Brings the first of these that is drawn into sight: inside the drawing only, the page stays where it is.
  follow (drawing, things) {
    const first = things.map((each) => typeof each === 'string' ? drawn(drawing, each) : each).find((each) => each !== null)
    if (first === undefined) return
    const place = first.getBoundingClientRect()
    const frame = this.canvas.getBoundingClientRect()
    if (place.left < frame.left || place.right > frame.right || place.top < frame.top || place.bottom > frame.bottom) {
      this.canvas.scrollLeft += place.left + place.width / 2 - frame.left - frame.width / 2
      this.canvas.scrollTop += place.top + place.height / 2 - frame.top - frame.height / 2
    }
  }
}

function frameOf () {
  return new Promise((resolve) => window.requestAnimationFrame(resolve))
}

function draw (name, attributes) {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

function list (place, sentences) {
  place.replaceChildren(...sentences.map((sentence) => {
    const item = document.createElement('li')
    item.textContent = sentence
    return item
  }))
}

function drawn (drawing, id) {
  return drawing.querySelector(`[data-element="${CSS.escape(id)}"]`)
}

// The line of a flow; null for anything else.
function line (drawing, id) {
  const group = drawn(drawing, id)
  return group !== null && group.querySelector('title') === null ? group.querySelector('path') : null
}

function mark (drawing, id, kind) {
  const group = drawn(drawing, id)
  if (group === null) return
  const path = line(drawing, id)
  if (path !== null) {
    group.parentNode.append(draw('path', { d: path.getAttribute('d'), class: 'app-walk__line', 'data-walk': '' }))
    return
  }
  const box = group.getBBox()
  const words = draw('text', { x: box.x + box.width - 40, y: box.y + 2, class: 'app-walk__word', 'data-walk': '' })
  words.textContent = BADGES[kind]
  group.parentNode.append(
    draw('rect', {
      x: box.x - 4, y: box.y - 4, width: box.width + 8, height: box.height + 8, rx: 13, class: `app-walk__frame app-walk--${kind}`, 'data-walk': ''
    }),
    draw('rect', {
      x: box.x + box.width - 48, y: box.y - 11, width: 62, height: 18, rx: 9, class: `app-walk__badge app-walk__badge--${kind}`, 'data-walk': ''
    }),
    words
  )
}

for (const box of document.querySelectorAll('[data-module="asb-playback"]')) new Playback(box) // eslint-disable-line no-new
