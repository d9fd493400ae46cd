/** The colours of paper: those of the light theme (packages/ui/src/tokens.css). */
export const ink = {
  text: '#1c1d20',
  second: '#50535a',
  line: '#cfcac0',
  faint: '#e4e0d7',
  holds: '#1d7148',
  band: '#7aac92',
  fails: '#b42318',
  unknown: '#63666d',
  excepted: '#865500',
  exceptedWash: '#f8eed9',
} as const
