// Fields within the tables of the catalogue: text, numbers of a unit of time, needs, and who is told.
import { useEffect, useState } from "preact/hooks";

interface Cell { label: string; wrong?: boolean }

export function TextCell({ label, wrong, value, change, disabled }: Cell & { value: string; change: (value: string) => void; disabled?: boolean }) {
  return <input aria-label={label} aria-invalid={Boolean(wrong)} value={value} disabled={disabled} spellcheck={false} onInput={(event) => change(event.currentTarget.value)} />;
}

/** A number of milliseconds, or of anything, shown in units of `per`. */
export function NumberCell({ label, wrong, value, per, change }: Cell & { value: number; per: number; change: (value: number) => void }) {
  return (
    <input type="number" min="0" step="any" aria-label={label} aria-invalid={Boolean(wrong)} value={String(value / per)}
      onInput={(event) => change(Math.round(event.currentTarget.valueAsNumber * per) || 0)} />
  );
}

/** Text that stands for something else: it is kept as it is typed, and read as far as it can be. */
export function ReadCell<T>({ label, wrong, value, write, read, change, hint }: Cell & {
  value: T; write: (value: T) => string; read: (text: string) => T; change: (value: T) => void; hint?: string;
}) {
  const [text, setText] = useState(write(value));
  const shown = write(value);
  useEffect(() => {
    if (write(read(text)) !== shown) setText(shown);
  }, [shown]);
  return (
    <input aria-label={label} aria-invalid={Boolean(wrong)} title={hint} value={text} spellcheck={false} autocomplete="off"
      onInput={(event) => {
        setText(event.currentTarget.value);
        change(read(event.currentTarget.value));
      }} />
  );
}

const parts = (text: string): string[] => text.split(/[,，、]/).map((one) => one.trim()).filter(Boolean);

export const ladder = { write: (roles: string[]) => roles.join(", "), read: parts };

export interface Need { capability: string; units: number }

/** `2 patrol, 1 boat`; what has no number is one, and what cannot be read is none, which is refused where it stands. */
export const needs = {
  write: (list: Need[]) => list.map((one) => `${one.units} ${one.capability}`).join(", "),
  read: (text: string): Need[] =>
    parts(text).map((one) => {
      const found = /^(?:(\d+)\s*)?([A-Za-z][A-Za-z0-9_./-]*)$/.exec(one);
      return found?.[2] ? { units: Number(found[1] ?? 1), capability: found[2] } : { units: 0, capability: one };
    }),
};
