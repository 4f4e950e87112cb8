// A field that finds as one types (WAI-ARIA's combobox pattern): arrow keys walk, Enter takes, Escape leaves it.
import type { ComponentChildren, Ref } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { W } from "../words/common";
import { say, type Pair } from "../words/say";
import { Field } from "./controls";

export interface ComboProps<T> {
  label: Pair | string;
  hint?: string | undefined;
  wrong?: string | null;
  /** What stands in the field. */
  text: string;
  onText: (text: string) => void;
  /** What was found for it. */
  found: readonly T[];
  keyOf: (one: T) => string;
  show: (one: T) => ComponentChildren;
  take: (one: T) => void;
  /** Enter where nothing is chosen. */
  onEnter?: () => void;
  inputRef?: Ref<HTMLInputElement>;
  placeholder?: string;
  /** Says that nothing was found, where that is known. */
  nothing?: boolean;
}

export function Combo<T>(props: ComboProps<T>) {
  const { label, hint, wrong, text, onText, found, keyOf, show, take, onEnter, inputRef, placeholder, nothing } = props;
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  useEffect(() => setAt(0), [text]);
  useEffect(() => list.current?.children[at]?.scrollIntoView({ block: "nearest" }), [at]);
  const shown = open && (found.length > 0 || Boolean(nothing && text));
  const choose = (one: T) => {
    take(one);
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const chosen = found[Math.min(at, found.length - 1)];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((was) => Math.max(0, Math.min(found.length - 1, was + (open ? step : 0))));
    } else if (event.key === "Enter" && shown && chosen) {
      event.preventDefault();
      choose(chosen);
    } else if (event.key === "Enter" && onEnter) {
      event.preventDefault();
      onEnter();
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    } else if (event.key === "Tab" && shown && chosen && text) {
      choose(chosen);
    }
  };
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      {(field) => (
        <div class="combo">
          <input
            {...field}
            ref={inputRef}
            role="combobox"
            autocomplete="off"
            spellcheck={false}
            placeholder={placeholder}
            aria-expanded={shown}
            aria-controls={`${id}-list`}
            aria-activedescendant={shown && found.length > 0 ? `${id}-${at}` : undefined}
            value={text}
            onInput={(event) => {
              onText(event.currentTarget.value);
              setOpen(true);
            }}
            onFocus={() => setOpen(found.length > 0 && text === "")}
            onBlur={() => setOpen(false)}
            onKeyDown={onKeyDown}
          />
          {shown && (
            <ul id={`${id}-list`} role="listbox" ref={list}>
              {found.map((one, index) => (
                <li
                  key={keyOf(one)}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === at}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => choose(one)}
                >
                  {show(one)}
                </li>
              ))}
              {found.length === 0 && <li class="faint" aria-disabled="true">{say(W.nothingFound)}</li>}
            </ul>
          )}
        </div>
      )}
    </Field>
  );
}
