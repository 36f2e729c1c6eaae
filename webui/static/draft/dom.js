// An element with its attributes, listeners (`onclick`) and children; what is false or null is left out.
export function make (tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.filter((child) => child !== null && child !== undefined))
  return element
}

export function button (text, onclick, attributes = {}) {
  const classes = 'govuk-button govuk-button--secondary asb-button'
  return make('button', { type: 'button', class: classes, onclick, ...attributes }, text)
}

// A button that reads as a link; `about` tells whoever cannot see the line what it is for.
export function linkButton (text, onclick, about = '') {
  const more = about ? make('span', { class: 'govuk-visually-hidden' }, ` ${about}`) : null
  return make('button', { type: 'button', class: 'app-link-button', onclick }, text, more)
}

export function heading (text) {
  return make('h2', { class: 'govuk-heading-s asb-editor__heading' }, text)
}

// 1 open case, 2 open cases
export function counted (number, one, several) {
  return `${number} ${number === 1 ? one : several}`
}

export function download (text, name) {
  const address = URL.createObjectURL(new Blob([text]))
  make('a', { href: address, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(address))
}
