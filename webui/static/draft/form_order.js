// What is saved in the order of what was opened, so that only what was changed is a difference.
export function inOrderOf (original, saved) {
  if (Array.isArray(saved)) {
    const before = Array.isArray(original) ? original : []
    return saved.map((item, place) => inOrderOf(counterpart(item, before, place), item))
  }
  if (saved === null || typeof saved !== 'object') return saved
  const before = original !== null && typeof original === 'object' && !Array.isArray(original) ? original : {}
  const names = [...Object.keys(before).filter((name) => name in saved), ...Object.keys(saved).filter((name) => !(name in before))]
  return Object.fromEntries(names.map((name) => [name, inOrderOf(before[name], saved[name])]))
}

function counterpart (item, before, place) {
  return item?.id === undefined ? before[place] : before.find((other) => other?.id === item.id)
}
