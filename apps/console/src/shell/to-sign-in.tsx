import { places, useHere, useReplace } from '@hevd/ui'
import { useEffect, useState } from 'react'

/** Sends somebody who is not signed in to do so, once, with the page they came for. */
export function ToSignIn() {
  const [here] = useState(useHere())
  const replace = useReplace()
  useEffect(() => replace(`${places.signIn}?${new URLSearchParams({ to: here })}`), [replace, here])
  return null
}
