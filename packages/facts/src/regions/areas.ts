import type { Bilingual } from '@hevd/core'

/** Words of a list, parted by white space. */
const listed = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Member states of the European Union; https://european-union.europa.eu/principles-countries-history/eu-countries_en, 2026-11. */
const eu = listed('AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE')

/** The European Economic Area: the EU and the EFTA states that are parties; https://www.efta.int/eea, 2026-11. */
const eea = eu.union(listed('IS LI NO'))

/**
 * Europe of the United Nations' M49 (code 150; https://unstats.un.org/unsd/methodology/m49/, 2026-11), as far as the state is
 * a member of the Council of Europe (https://www.coe.int/en/web/portal/members-states, 2026-11), and the whole EU, of which M49
 * counts Cyprus to Asia. So Switzerland and the United Kingdom are in it; Belarus, Russia and Türkiye are not.
 */
const europe = eea.union(listed('AL AD BA CH GB MC MD ME MK RS SM UA'))

/** The United States, without territories that have a code of their own. */
const us = listed('US')

/** Asia of the United Nations' M49 (code 142), 2026-11; with Taiwan, which M49 does not list by itself. */
const asia =
  listed(`KZ KG TJ TM UZ CN HK MO KP JP MN KR TW BN KH ID LA MY MM PH SG TH TL VN AF BD BT IN IR MV NP PK LK
  AM AZ BH CY GE IQ IL JO KW LB OM QA SA PS SY TR AE YE`)

/** Areas that a customer may choose. The EU is a part of Europe, and another region than it. */
export const areas = { eu, eea, europe, us, asia } as const
export type Area = keyof typeof areas

export const areaWords: { readonly [A in Area]: Bilingual } = {
  eu: { nb: 'EU', en: 'the EU' },
  eea: { nb: 'EØS', en: 'the EEA' },
  europe: { nb: 'Europa', en: 'Europe' },
  us: { nb: 'USA', en: 'the US' },
  asia: { nb: 'Asia', en: 'Asia' },
}

export const isArea = (code: string): code is Area => Object.hasOwn(areas, code)

const known = eu.union(eea).union(europe).union(us).union(asia)

/** Countries of the world outside the areas, so that a mistyped code is known from one that lies elsewhere (ISO 3166-1, 2026-11). */
const elsewhere =
  listed(`AG AI AO AQ AR AS AU AW AX BB BF BI BJ BL BM BO BQ BR BS BV BW BY BZ CA CC CD CF CG CI CK CL CM CO
  CR CU CV CW CX DJ DM DO DZ EC EG EH ER ET FJ FK FM FO GA GD GF GG GH GI GL GM GN GP GQ GS GT GU GW GY HM HN HT IM IO JE JM
  KE KI KM KN KY LC LR LS LY MA MF MG MH ML MP MQ MR MS MU MW MX MZ NA NC NE NF NG NI NR NU NZ PA PE PF PG PM PN PR PW PY RE
  RU RW SB SC SD SH SJ SL SN SO SR SS ST SV SX SZ TC TD TF TG TK TN TO TT TV TZ UG UM UY VA VC VE VG VI VU WF WS YT ZA ZM ZW`)

/** Whether it is a country of ISO 3166-1, two capital letters. */
export const isCountry = (code: string): boolean => known.has(code) || elsewhere.has(code)
