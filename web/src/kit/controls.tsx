// Buttons, fields, and what is shown when there is nothing, not yet anything, or a fault.
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import type { Problem } from "../api/client";
import { PROBLEM, W } from "../words/common";
import { say, type Pair } from "../words/say";
import { detailOf } from "../words/told";

interface ButtonProps {
  children: ComponentChildren;
  onClick?: (event: MouseEvent) => void;
  kind?: "first" | "grave" | "plain" | undefined;
  type?: "button" | "submit";
  disabled?: boolean;
  pressed?: boolean;
  press?: string;
  label?: string;
  icon?: boolean;
  autofocus?: boolean;
}

/** A button; `press` is the key that does the same, shown in place. */
export function Button({ children, onClick, kind, type = "button", disabled, pressed, press, label, icon, autofocus }: ButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (autofocus) button.current?.focus();
  }, []);
  return (
    <button
      ref={button}
      type={type}
      class={`button ${kind ?? ""} ${icon ? "icon" : ""}`}
      onClick={onClick}
      disabled={disabled}
      aria-pressed={pressed}
      aria-label={label}
      title={label}
      aria-keyshortcuts={press}
    >
      {children}
      {press && <Key press={press} />}
    </button>
  );
}

const KEY_NAMES: Record<string, string> = { Escape: "esc", Enter: "⏎", ArrowUp: "↑", ArrowDown: "↓", " ": "␣" };

export function Key({ press }: { press: string }) {
  const shown = press.split("+").map((part) => KEY_NAMES[part] ?? part);
  return <kbd aria-hidden="true">{shown.join("+")}</kbd>;
}

interface FieldProps {
  label: Pair | string;
  hint?: Pair | string | undefined;
  wrong?: string | null | undefined;
  children: (props: { id: string; "aria-invalid": boolean; "aria-describedby": string | undefined }) => ComponentChildren;
}

const text = (words: Pair | string): string => (typeof words === "string" ? words : say(words));

export function Field({ label, hint, wrong, children }: FieldProps) {
  const id = useId();
  const described = wrong ? `${id}-wrong` : hint ? `${id}-hint` : undefined;
  return (
    <div class="field">
      <label for={id}>{text(label)}</label>
      {children({ id, "aria-invalid": Boolean(wrong), "aria-describedby": described })}
      {wrong ? <p class="wrong" id={`${id}-wrong`}>{wrong}</p> : hint && <p class="hint" id={`${id}-hint`}>{text(hint)}</p>}
    </div>
  );
}

interface InputProps {
  label: Pair | string;
  hint?: Pair | string | undefined;
  wrong?: string | null | undefined;
  value: string;
  onValue: (value: string) => void;
  type?: string;
  autocomplete?: string;
  required?: boolean;
  inputmode?: "numeric" | "text" | "tel";
  maxLength?: number;
  disabled?: boolean;
  autofocus?: boolean;
  placeholder?: string;
  min?: string | number;
  max?: string | number;
  step?: number;
  name?: string;
}

export function Input({ label, hint, wrong, onValue, autofocus, ...rest }: InputProps) {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (autofocus) input.current?.focus();
  }, []);
  const attributes = rest as object;
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      {(props) => <input {...attributes} {...props} ref={input} autofocus={Boolean(autofocus)} onInput={(event) => onValue(event.currentTarget.value)} />}
    </Field>
  );
}

interface SelectProps {
  label: Pair | string;
  hint?: Pair | string | undefined;
  value: string;
  onValue: (value: string) => void;
  options: readonly (readonly [value: string, label: string])[];
  disabled?: boolean;
}

export function Select({ label, hint, value, onValue, options, disabled }: SelectProps) {
  return (
    <Field label={label} hint={hint}>
      {(props) => (
        <select {...props} value={value} disabled={disabled} onChange={(event) => onValue(event.currentTarget.value)}>
          {options.map(([one, says]) => <option key={one} value={one}>{says}</option>)}
        </select>
      )}
    </Field>
  );
}

/** Nothing here, why, and what to do about it. */
export function Empty({ says, hint, children }: { says: string; hint?: string | undefined; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p>{says}</p>
      {hint && <p class="faint">{hint}</p>}
      {children}
    </div>
  );
}

export const Loading = () => <p class="empty" role="status">{say(W.loading)}</p>;

/** The kind of a problem in the page's language; a title that says more than the kind stays, and so do the server's own words where the page has none. */
export function titleOfProblem(problem: Problem): string {
  const pair = (PROBLEM as Record<string, Pair | undefined>)[problem.type.replace("/problems/", "")];
  return pair && problem.title === pair[0] ? say(pair) : problem.title;
}

/** What went wrong, and what to do. */
export function Fault({ problem, again }: { problem: Problem; again?: () => void }) {
  const [title, detail] =
    problem.status === 0
      ? [say(W.unreachable), say(W.unreachableHint)]
      : problem.status === 403
        ? [say(W.noPermission), `${detailOf(problem)} ${say(W.noPermissionHint)}`]
        : [titleOfProblem(problem), detailOf(problem)];
  return (
    <div class="fault" role="alert">
      <strong>{title}</strong>
      <p>{detail}</p>
      {again && <Button onClick={again}>{say(W.again)}</Button>}
    </div>
  );
}

/** Tabs that arrow keys walk along. */
export function Tabs<T extends string>({ tabs, chosen, choose, label }: {
  tabs: readonly (readonly [T, string])[]; chosen: T; choose: (tab: T) => void; label: string;
}) {
  const walk = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    const index = tabs.findIndex(([tab]) => tab === chosen);
    const next = tabs[(index + step + tabs.length) % tabs.length];
    if (!next) return;
    choose(next[0]);
    const row = (event.currentTarget as HTMLElement).children;
    (row[(index + step + tabs.length) % tabs.length] as HTMLElement).focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={walk}>
      {tabs.map(([tab, says]) => (
        <button key={tab} type="button" role="tab" aria-selected={tab === chosen} tabIndex={tab === chosen ? 0 : -1} onClick={() => choose(tab)}>
          {says}
        </button>
      ))}
    </div>
  );
}
