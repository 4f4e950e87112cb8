// What differs between two texts, line by line: the longest common subsequence, after what is alike at both ends is set aside.

export interface Line { how: "same" | "old" | "new"; text: string }

/** Common lengths of all tails: rows for lines of `old`, columns for lines of `fresh`. */
function lengths(old: readonly string[], fresh: readonly string[]): Uint32Array[] {
  const table = Array.from({ length: old.length + 1 }, () => new Uint32Array(fresh.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const [row, below] = [table[i], table[i + 1]];
    if (!row || !below) continue;
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      row[j] = old[i] === fresh[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}

function middle(old: readonly string[], fresh: readonly string[]): Line[] {
  const table = lengths(old, fresh);
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const [one, other] = [old[i], fresh[j]];
    if (one !== undefined && one === other) {
      lines.push({ how: "same", text: one });
      [i, j] = [i + 1, j + 1];
    } else if (one !== undefined && (other === undefined || (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))) {
      lines.push({ how: "old", text: one });
      i += 1;
    } else {
      lines.push({ how: "new", text: other ?? "" });
      j += 1;
    }
  }
  return lines;
}

export function differences(before: string, after: string): Line[] {
  const [old, fresh] = [before.split("\n"), after.split("\n")];
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < fresh.length - head && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail += 1;
  const same = (text: string): Line => ({ how: "same", text });
  return [
    ...old.slice(0, head).map(same),
    ...middle(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)),
    ...old.slice(old.length - tail).map(same),
  ];
}

const AROUND = 2;
const MARK = { same: " ", old: "−", new: "+" } as const;

/** The lines that differ, and two on each side of them. */
export function Diff({ before, after, label }: { before: string; after: string; label: string }) {
  const lines = differences(before, after);
  const near = new Set<number>();
  lines.forEach((line, at) => {
    if (line.how !== "same") for (let one = at - AROUND; one <= at + AROUND; one += 1) near.add(one);
  });
  return (
    <div class="diff" role="region" aria-label={label} tabIndex={0}>
      {lines.map((line, at) => {
        if (near.has(at)) return <div key={at} class={line.how}>{MARK[line.how]} {line.text}</div>;
        return near.has(at - 1) ? <div key={at} class="gap">⋯</div> : null;
      })}
    </div>
  );
}
