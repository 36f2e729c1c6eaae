// Opens the picture of a case where the case is now. Without this script a link beside the picture goes there.
// Only the picture is moved: the page stays at its top, and the focus where it was.
for (const picture of document.querySelectorAll('[data-opens-at]')) {
  const place = picture.querySelector(`#${CSS.escape(picture.dataset.opensAt)}`)
  if (place !== null) {
    const here = place.getBoundingClientRect()
    const frame = picture.getBoundingClientRect()
    picture.scrollLeft += here.left + here.width / 2 - frame.left - frame.width / 2
    picture.scrollTop += here.top + here.height / 2 - frame.top - frame.height / 2
  }
}
