export * from './access.ts'
export type { App } from './app.ts'
export type { Module } from './module.ts'
