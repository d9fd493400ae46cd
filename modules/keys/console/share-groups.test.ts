import { expect, test } from 'vitest'
import { groupsOf, wrongGroups } from './share-groups.ts'

const groups = Array.from({ length: 16 }, (_, at) => `A0B1${'CDEFGHJKMNPQRSTV'.charAt(at)}`)
const share = ['HEVD1', ...groups].join('-')

test('a share is sixteen groups behind its beginning', () => expect(groupsOf(share)).toEqual(groups))

test.each<[string, string, readonly number[]]>([
  ['as it stands', share, []],
  [
    'in small letters, on lines, without its beginning',
    share.slice(6).toLowerCase().replaceAll('-', '\n'),
    [],
  ],
  ['O for 0 and l for 1', share.replaceAll('0', 'O').replaceAll('B1', 'Bl'), []],
  ['one group wrong', share.replace('A0B1E', 'A0B1X'), [3]],
  [
    'two groups that changed places',
    [...groups.slice(1, 2), ...groups.slice(0, 1), ...groups.slice(2)].join(' '),
    [1, 2],
  ],
  ['the last group missing', share.slice(0, -6), [16]],
  ['a group too many', `${share}-A0B1C`, [17]],
  ['nothing', '', Array.from({ length: 16 }, (_, at) => at + 1)],
])('%s', (_, typed, wrong) => expect(wrongGroups(share, typed)).toEqual(wrong))
