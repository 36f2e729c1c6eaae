// Tells the styles that scripts run, then starts GOV.UK Frontend's components.
import { initAll } from './govuk-frontend.min.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()
