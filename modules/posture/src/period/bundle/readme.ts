/** How the bundle is verified by hand, in both languages. */
export const readmes: { readonly [name: string]: string } = {
  'LESMEG.md': `# Revisors pakke

Kontrolleres uten nett og uten tjener: \`hevd verify FIL --key NØKKEL\`. Nøkkelen skal du ha fått et annet sted enn i pakken.

Det samme for hånd:

1. \`log/checkpoint.txt\` er en signert note (C2SP, tlog-checkpoint, Ed25519). Kontroller signaturen med nøkkelen
   (\`log/key.txt\` har den samme, men beviser ingenting alene). Flere signaturlinjer er vitner.
2. Hver linje i \`log/entries.jsonl\` er en innførsel (\`leaf\`, base64) med søskenhasher (\`path\`, RFC 6962 2.1.1). Regn fra
   SHA-256(0x00 || leaf) opp til roten i sjekkpunktet.
3. Innførselen \`period-bundled\` har SHA-256 av \`manifest.json\`, som har størrelse og SHA-256 av hver fil. Den har også
   numrene på alle innførsler som skal være med.
4. Er perioden signert, har innførselen \`period-signed\` SHA-256 av \`report.json\`.
5. \`report.json\` har antall rader og SHA-256 av hver \`tables/*.jsonl\`. CSV-filene er de samme radene i ord, med navn.
6. I \`samples/\`: de som er trukket, har minst SHA-256 av \`seed|id\`. Hver versjon er et blad: linjene \`hevd-finding/1\`, salt,
   test, utfall, \`since\`, \`why\` (tom for ingen) og kontrollobjektets id, skilt med linjeskift. Fra SHA-256(0x00 || blad) fører
   \`leaf.path\` til \`root\` i innførselen \`judged\` med samme \`batch\`. Der et menneske er slettet siden, gjør den ikke det.
   \`inputs\` er det som ble lest; SHA-256 av kanonisk JSON (RFC 8785) er versjonens \`inputs\`.

Loggen beviser at ingenting er skrevet om siden. Den beviser ikke at det som ble lest, var sant.
`,
  'README.md': `# The auditor’s bundle

Verified without network and without a server: \`hevd verify FILE --key KEY\`. Have the key from elsewhere than the bundle.

The same by hand:

1. \`log/checkpoint.txt\` is a signed note (C2SP tlog-checkpoint, Ed25519). Verify its signature with the key
   (\`log/key.txt\` has the same one, but proves nothing alone). Further lines of signatures are witnesses.
2. Each line of \`log/entries.jsonl\` is an entry (\`leaf\`, base64) with its sibling hashes (\`path\`, RFC 6962 2.1.1). Compute from
   SHA-256(0x00 || leaf) up to the root in the checkpoint.
3. The entry \`period-bundled\` has the SHA-256 of \`manifest.json\`, which has the size and SHA-256 of each file, and the numbers of
   all entries that must be there.
4. Where the period is signed, the entry \`period-signed\` has the SHA-256 of \`report.json\`.
5. \`report.json\` has the number of rows and the SHA-256 of each \`tables/*.jsonl\`. The CSV files are the same rows in words, with
   names.
6. In \`samples/\`: those drawn have the smallest SHA-256 of \`seed|id\`. Each version is a leaf: the lines \`hevd-finding/1\`, salt,
   test, verdict, \`since\`, \`why\` (empty for none) and the subject’s id, parted by line feeds. From SHA-256(0x00 || leaf),
   \`leaf.path\` leads to the \`root\` of the entry \`judged\` with the same \`batch\`. Where a person was erased since, it does not.
   \`inputs\` is what was read; the SHA-256 of its canonical JSON (RFC 8785) is the version’s \`inputs\`.

The log proves that nothing was rewritten since. It does not prove that what was read was true.
`,
}
