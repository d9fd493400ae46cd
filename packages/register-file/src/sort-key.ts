/** What is searched in: small letters of the name and the id. */
export function searchText({ name, id }: { readonly name: string; readonly id: string }): string {
  return `${name} ${id}`.toLocaleLowerCase('nb')
}

/** A name as Norwegian sorts it, in code points: æ, ø and å stand after z, other letters without their marks. */
export function sortKey(name: string): string {
  return name
    .toLocaleLowerCase('nb')
    .normalize('NFC')
    .replace(/[æä]/g, '{')
    .replace(/[øö]/g, '|')
    .replace(/å/g, '}')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
}
