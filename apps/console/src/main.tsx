import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/source-serif-4/wght.css'
import './console.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { LocaleProvider, ThemeProvider, ToastProvider } from '@hevd/ui'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueries } from './queries.ts'
import { createConsoleRouter } from './router.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <LocaleProvider>
        <ThemeProvider>
          <QueryClientProvider client={createQueries()}>
            <ToastProvider>
              <RouterProvider router={createConsoleRouter()} />
            </ToastProvider>
          </QueryClientProvider>
        </ThemeProvider>
      </LocaleProvider>
    </CSPProvider>
  </StrictMode>,
)
