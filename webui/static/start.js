// Tells the styles that scripts run, then starts GOV.UK Frontend's components and ours.
import { initAll } from './govuk-frontend.min.js'
import './diagram.js'
import './questions.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()
