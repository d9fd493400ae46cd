import type { Screen } from '@hevd/ui'
import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router'
import { lazy } from 'react'
import { NotFound } from './not-found.tsx'
import { screens } from './screens.ts'
import { Allowed } from './shell/allowed.tsx'
import { Outside } from './shell/outside.tsx'
import { Shell } from './shell/shell.tsx'

/** A route per screen: those for everybody stand alone, the others inside the shell, which wants somebody signed in. */
export function createConsoleRouter() {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })
  const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Shell })
  const outside = createRoute({ getParentRoute: () => root, id: 'outside', component: Outside })
  const routesOf = (parent: typeof inside | typeof outside, shown: readonly Screen[]) =>
    shown.map((screen) =>
      createRoute({
        getParentRoute: () => parent,
        path: screen.path,
        component: guarded(screen),
      }),
    )
  const tree = root.addChildren([
    inside.addChildren(
      routesOf(
        inside,
        screens.filter(({ access }) => access !== 'public'),
      ),
    ),
    outside.addChildren(
      routesOf(
        outside,
        screens.filter(({ access }) => access === 'public'),
      ),
    ),
  ])
  return createRouter({
    routeTree: tree,
    scrollRestoration: true,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(search as Record<string, string>).toString()
      return text === '' ? '' : `?${text}`
    },
  })
}

function guarded(screen: Screen) {
  const Content = lazy(screen.load)
  return function Guarded() {
    return (
      <Allowed access={screen.access}>
        <Content />
      </Allowed>
    )
  }
}
