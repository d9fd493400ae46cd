import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/source-serif-4/wght.css'
import './console.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { ControlPartsProvider, LocaleProvider, ThemeProvider, ToastProvider } from '@hevd/ui'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueries } from './queries.ts'
import { createConsoleRouter } from './router.tsx'
import { controlParts } from './screens.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <LocaleProvider>
        <ThemeProvider>
          <QueryClientProvider client={createQueries()}>
            <ToastProvider>
              <ControlPartsProvider parts={controlParts}>
                <RouterProvider router={createConsoleRouter()} />
              </ControlPartsProvider>
            </ToastProvider>
          </QueryClientProvider>
        </ThemeProvider>
      </LocaleProvider>
    </CSPProvider>
  </StrictMode>,
)
