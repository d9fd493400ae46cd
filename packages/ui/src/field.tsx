import { Field as Base } from '@base-ui/react/field'
import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'

type Around = {
  readonly label: string
  readonly help?: ReactNode
  /** What is wrong with it; stands under it and is read with it. */
  readonly fault?: string | null
}

/** The label above a control, and below it what helps and what is wrong. */
export function Frame({ label, help, fault, children }: Around & { readonly children: ReactNode }) {
  const bad = fault !== undefined && fault !== null
  return (
    <Base.Root invalid={bad} className="flex flex-col gap-1.5">
      <Base.Label className="font-medium">{label}</Base.Label>
      {children}
      {help !== undefined && <Base.Description className="text-sm text-ink-2">{help}</Base.Description>}
      {bad && (
        <Base.Error match className="text-sm text-fails">
          {fault}
        </Base.Error>
      )}
    </Base.Root>
  )
}

/** A labelled line of text. */
export function TextField({ label, help, fault, ...input }: Around & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Frame label={label} help={help} fault={fault ?? null}>
      <Base.Control render={<input {...input} className="input" />} />
    </Frame>
  )
}

/** A labelled text of several lines. */
export function TextArea({
  label,
  help,
  fault,
  ...input
}: Around & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Frame label={label} help={help} fault={fault ?? null}>
      <Base.Control render={<textarea rows={4} {...input} className="input" />} />
    </Frame>
  )
}

/** One of a few. */
export function SelectField({
  label,
  help,
  fault,
  children,
  ...select
}: Around & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <Frame label={label} help={help} fault={fault ?? null}>
      <Base.Control
        render={
          <select {...select} className="input">
            {children}
          </select>
        }
      />
    </Frame>
  )
}
