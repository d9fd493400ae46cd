import type { Bilingual } from '@hevd/core'
import { type Column, yesOrNo } from '@hevd/register-file'
import type { DataSet } from '../contract.ts'

export type DataField = keyof DataSet

const column = (
  field: DataField,
  header: Bilingual,
  names: readonly string[],
  more: Partial<Column<DataField>> = {},
): Column<DataField> => ({ field, header, names, required: false, ...more })

/** The columns of a file of data sets. */
export const columns: readonly Column<DataField>[] = [
  column('id', { nb: 'id', en: 'id' }, ['id', 'kortnavn', 'shortname'], { required: true }),
  column('name', { nb: 'navn', en: 'name' }, ['navn', 'datasett', 'name', 'dataset'], { required: true }),
  column('class', { nb: 'klasse', en: 'class' }, ['klasse', 'klassifisering', 'class', 'classification']),
  column('place', { nb: 'sted', en: 'place' }, ['sted', 'system', 'place', 'location']),
  column('owner', { nb: 'eier', en: 'owner' }, [
    'eier',
    'eierid',
    'dataeier',
    'owner',
    'ownerid',
    'dataowner',
  ]),
  column(
    'encryptedAtRest',
    { nb: 'kryptert lagret', en: 'encrypted at rest' },
    ['kryptertlagret', 'kryptertlagring', 'encryptedatrest', 'encryptionatrest'],
    { means: yesOrNo },
  ),
  column(
    'encryptedInTransit',
    { nb: 'kryptert overført', en: 'encrypted in transit' },
    ['kryptertoverført', 'kryptertoverføring', 'encryptedintransit', 'encryptionintransit'],
    { means: yesOrNo },
  ),
  column(
    'accessRestricted',
    { nb: 'begrenset tilgang', en: 'access restricted' },
    ['begrensettilgang', 'tilgangbegrenset', 'accessrestricted', 'restrictedaccess'],
    { means: yesOrNo },
  ),
  column(
    'backedUp',
    { nb: 'sikkerhetskopiert', en: 'backed up' },
    ['sikkerhetskopiert', 'sikkerhetskopi', 'backedup', 'backup'],
    { means: yesOrNo },
  ),
  column('retentionDays', { nb: 'lagringstid', en: 'retention days' }, [
    'lagringstid',
    'lagringstiddager',
    'retention',
    'retentiondays',
  ]),
]

export const fields: readonly DataField[] = columns.map(({ field }) => field)
