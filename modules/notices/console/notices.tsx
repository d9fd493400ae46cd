import type { OwnNotices } from '@hevd/notices/contract'
import {
  ButtonLink,
  Loaded,
  Page,
  places,
  Section,
  useMayChange,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { Calendar } from './calendar.tsx'
import { OwnForm } from './own-form.tsx'

const text = words({
  title: { nb: 'Varsler', en: 'Notices' },
  lead: {
    nb: 'Hvordan du får vite at noe venter på deg. Alt står uansett under «Til deg».',
    en: 'How you are told that something waits for you. All of it stands under “Asked of you” in any case.',
  },
  channels: { nb: 'Virksomhetens varsling', en: 'The organisation’s channels' },
  email: { nb: 'E-post', en: 'E-mail' },
  emailNote: { nb: 'Til deg alene.', en: 'To you alone.' },
  calendar: { nb: 'Kalender', en: 'Calendar' },
  calendarNote: {
    nb: 'Frister som gjelder deg, i kalenderprogrammet ditt.',
    en: 'Deadlines that concern you, in your calendar program.',
  },
})

/** One's own notices: by e-mail, and as a calendar. */
export default function Notices() {
  const said = useWords(text)
  const mayChange = useMayChange()
  const own = useResource<OwnNotices>('/api/notices/own')
  return (
    <Page
      title={said.title}
      lead={said.lead}
      actions={mayChange && <ButtonLink to={places.noticeChannels}>{said.channels}</ButtonLink>}
    >
      <Loaded of={own} lines={8}>
        {(notices) => (
          <>
            <Section title={said.email} note={said.emailNote}>
              <OwnForm own={notices} />
            </Section>
            <Section title={said.calendar} note={said.calendarNote}>
              <Calendar since={notices.calendarSince} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}
