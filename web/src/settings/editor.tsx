// A plain editor with numbers at its lines, of which some are marked.
import { useEffect, useRef } from "preact/hooks";
import { Field } from "../kit/controls";
import type { Pair } from "../words/say";

interface Props { label: Pair; value: string; onValue: (value: string) => void; wrong: readonly number[] }

const ROW = 18;

export function Editor({ label, value, onValue, wrong }: Props) {
  const numbers = useRef<HTMLPreElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const follow = () => {
    if (numbers.current && area.current) numbers.current.scrollTop = area.current.scrollTop;
  };
  const first = wrong[0];
  useEffect(() => {
    if (first !== undefined && area.current) area.current.scrollTop = Math.max(0, (first - 4) * ROW);
    follow();
  }, [first, wrong]);
  const count = value.split("\n").length;
  return (
    <Field label={label}>
      {(field) => (
        <div class="editor">
          <pre ref={numbers} aria-hidden="true">
            {Array.from({ length: count }, (_, at) => (wrong.includes(at + 1) ? <b key={at}>{`▸${at + 1}\n`}</b> : `${at + 1}\n`))}
          </pre>
          <textarea {...field} ref={area} aria-invalid={wrong.length > 0} value={value} spellcheck={false} wrap="off" onScroll={follow}
            onInput={(event) => onValue(event.currentTarget.value)} />
        </div>
      )}
    </Field>
  );
}
