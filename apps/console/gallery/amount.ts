/** How much there is to show: a small company on its first day, or a large one with a history. */
export type Amount = 'none' | 'little' | 'much'
