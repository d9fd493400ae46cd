/** A file of so many employees, with the ids 0, 1, 2, … */
export function manyPeople(count: number): string {
  const rows = Array.from({ length: count }, (_, id) => `${id};Person ${id};ansatt;;2024-01-01;;`)
  return ['id;navn;type;sponsor;startdato;sluttdato;frivillig', ...rows].join('\n')
}
