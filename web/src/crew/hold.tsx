// A button that has to be held for a second: what must not happen by a touch in passing.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

export const HOLD_MS = 1_000;

/** The phone shakes, where it can. */
export const shake = (pattern: number | number[]): void => {
  navigator.vibrate?.(pattern);
};

export function Hold({ children, done, short, kind, label, disabled }: {
  children: ComponentChildren;
  done: () => void;
  /** It was let go too soon. */
  short?: () => void;
  kind: string;
  label?: string;
  disabled?: boolean;
}) {
  const [held, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const press = () => {
    if (timer.current !== undefined || disabled) return;
    shake(40);
    setHeld(true);
    timer.current = setTimeout(() => {
      timer.current = undefined;
      setHeld(false);
      shake([200, 80, 200]);
      done();
    }, HOLD_MS);
  };
  const release = () => {
    if (timer.current === undefined) return;
    clearTimeout(timer.current);
    timer.current = undefined;
    setHeld(false);
    short?.();
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const key = (event: KeyboardEvent, act: () => void) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (!event.repeat) act();
  };
  return (
    <button
      type="button"
      class={`hold ${kind} ${held ? "held" : ""}`}
      aria-label={label}
      disabled={disabled}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        press();
      }}
      onPointerUp={release}
      onPointerCancel={release}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => key(event, press)}
      onKeyUp={(event) => key(event, release)}
      onBlur={release}
    >
      <span class="fill" aria-hidden="true" />
      <span class="says">{children}</span>
    </button>
  );
}
