// Marks on what an editor draws anew at each change: rules of a constructed style sheet outlast its elements.
export function markSheet (attributes = ['data-element-id', 'data-row-id', 'data-id']) {
  const sheet = new CSSStyleSheet()
  document.adoptedStyleSheets.push(sheet)
  return {
    show (byElement) {
      sheet.replaceSync([...byElement].map(([id, found]) => {
        const colour = found.some(({ severity }) => severity === 'error') ? '#d4351c' : '#f47738'
        const places = attributes.map((name) => `[${name}="${CSS.escape(id)}"]`).join()
        return `.asb-editor :is(${places}) { box-shadow: inset 0 0 0 3px ${colour} }
          .asb-editor .djs-element:is(${places}) .djs-visual > :first-child { stroke: ${colour} !important; stroke-width: 3px !important }`
      }).join('\n'))
    }
  }
}
