// The command line: `/` brings it, Enter does it, Tab completes, the arrows bring back what was said before.
import { useEffect, useRef, useState } from "preact/hooks";
import { listen } from "../app/keys";
import { W } from "../words/operate";
import { say } from "../words/say";
import { complete, parse } from "./grammar";

const said: string[] = [];

export function Command() {
  const input = useRef<HTMLInputElement>(null);
  const before = useRef<HTMLElement | null>(null);
  const [line, setLine] = useState("");
  const [on, setOn] = useState(false);
  const [at, setAt] = useState(0);
  const [back, setBack] = useState(0);
  useEffect(
    () => listen(W.operate, [{
      press: "/", says: W.commandLine,
      run: () => {
        before.current = document.activeElement as HTMLElement | null;
        input.current?.focus();
      },
    }]),
    [],
  );
  const found = on ? complete(line) : [];
  const parsed = parse(line);
  const leave = () => {
    setLine("");
    input.current?.blur();
    if (before.current?.isConnected) before.current.focus();
  };
  const put = (text: string) => {
    const words = line.split(/\s+/);
    setLine([...words.slice(0, -1), text].join(" ") + " ");
    setAt(0);
  };
  const remember = (by: number) => {
    const next = Math.max(0, Math.min(said.length, back + by));
    setBack(next);
    setLine(next === 0 ? "" : (said[said.length - next] ?? ""));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const chosen = found[at];
    const stop = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (event.key === "Escape") {
      stop();
      leave();
    } else if (event.key === "Tab" && chosen && line) {
      stop();
      put(chosen.text);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      stop();
      const by = event.key === "ArrowDown" ? 1 : -1;
      if (line === "" || back > 0) remember(-by);
      else setAt(Math.max(0, Math.min(found.length - 1, at + by)));
    } else if (event.key === "Enter" && parsed.ok) {
      stop();
      said.push(line.trim());
      setBack(0);
      leave();
      parsed.run();
    }
  };
  return (
    <div class="command">
      <label class="unseen" for="command-line">{say(W.commandLine)}</label>
      <span aria-hidden="true">/</span>
      <input
        id="command-line" ref={input} value={line} spellcheck={false} autocomplete="off" role="combobox" aria-expanded={found.length > 0} aria-controls="command-list"
        aria-activedescendant={found.length > 0 ? `command-${at}` : undefined} placeholder={on ? "" : `${say(W.commandLine)}: d 204 E7`}
        onInput={(event) => { setLine(event.currentTarget.value); setAt(0); setBack(0); }}
        onFocus={() => setOn(true)} onBlur={() => setOn(false)} onKeyDown={onKeyDown}
      />
      {on && line.trim() && !parsed.ok && <span class="faint" role="status">{parsed.says}</span>}
      {on && line.trim() && parsed.ok && <span class="ok" role="status">⏎</span>}
      {on && found.length > 0 && (
        <ul id="command-list" role="listbox">
          {found.map((one, index) => (
            <li key={one.text} id={`command-${index}`} role="option" aria-selected={index === at} onMouseDown={(event) => { event.preventDefault(); put(one.text); }}>
              <span class="mono">{one.text}</span> <span class="muted clip">{one.says}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
