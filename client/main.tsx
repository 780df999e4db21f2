import './design/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { askAhead } from './app/data.ts'
import { preferredLanguage, speak } from './words/words.ts'

askAhead()
await speak(preferredLanguage())
const root = document.getElementById('root')
if (!root) throw new Error('the page has no root')
createRoot(root).render(<App />)
