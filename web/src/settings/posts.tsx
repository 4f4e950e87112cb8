// Posts: what they are, how they stand, and orders on them.
import { useMemo, useState } from "preact/hooks";
import type { Post } from "../api/documents";
import { Button, Empty, Input } from "../kit/controls";
import { collate } from "../live/board";
import { has } from "../live/session";
import { POST_KIND, POST_STATE } from "../words/common";
import { PO } from "../words/planning";
import { language, named, oneOf, say } from "../words/say";
import { S } from "../words/settings";
import { dayTime } from "../words/time";
import { Shown, type Asked } from "./asked";
import { countOf } from "./hours";
import { Long } from "./long";
import { useAreas, usePosts } from "./places";
import { PostForm, PostOrder } from "./post-forms";

type Open = { what: "edit" | "order"; post: Post } | { what: "add" } | null;

const stands = (post: Post): string =>
  oneOf(POST_STATE, post.state) + (post.until ? `; ${say(S.until, { at: dayTime(post.until), who: post.approver ?? "" })}` : "");

function Rows({ shown, areaOf, open }: { shown: readonly Post[]; areaOf: (area: number) => string; open: (open: Open) => void }) {
  return (
    <table>
      <thead><tr>{[PO.post, PO.kind, PO.level, S.area, PO.hours, PO.state].map((one) => <th key={one[0]}>{say(one)}</th>)}<th><span class="unseen">{say(S.edit)}</span></th></tr></thead>
      <tbody>
        {shown.map((one) => (
          <tr key={one.post}>
            <td><strong>{named(one.name)}</strong></td>
            <td>{oneOf(POST_KIND, one.kind)}</td>
            <td>{one.level}</td>
            <td>{areaOf(one.area)}</td>
            <td>{one.hours ? say(PO.manned, { n: countOf(one.hours) }) : say(PO.always)}</td>
            <td class={one.state === "open" ? "" : "warned"}>{stands(one)}</td>
            <td class="number">
              <span class="acts">
                {has("planner", "commander") && <Button label={`${say(S.edit)}: ${named(one.name)}`} onClick={() => open({ what: "edit", post: one })}>{say(S.edit)}</Button>}
                {has("duty_officer", "commander") && <Button label={`${say(PO.order)}: ${named(one.name)}`} onClick={() => open({ what: "order", post: one })}>{say(PO.order)}</Button>}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function List({ posts, asked }: { posts: readonly Post[]; asked: Asked<Post[]> }) {
  const areas = useAreas();
  const [wanted, setWanted] = useState("");
  const [open, setOpen] = useState<Open>(null);
  const sorted = useMemo(() => [...posts].sort((a, b) => collate(named(a.name), named(b.name))), [posts, language.value]);
  const plain = wanted.trim().toLowerCase();
  const found = sorted.filter((one) => `${one.name.en ?? ""} ${one.name.zh ?? ""}`.toLowerCase().includes(plain));
  const number = posts.reduce((most, one) => Math.max(most, one.post), 0) + 1;
  const common = { number, tag: asked.tag, areas, close: () => setOpen(null), saved: asked.again };
  return (
    <section>
      <div class="tools">
        <Input label={PO.find} type="search" value={wanted} onValue={setWanted} autocomplete="off" />
        <span class="faint">{say(S.counted, { n: found.length, all: posts.length })}</span>
        <span class="grow" />
        {has("planner", "commander") && <Button kind="first" onClick={() => setOpen({ what: "add" })}>{say(PO.add)}</Button>}
      </div>
      {found.length === 0 ? <Empty says={say(PO.none)} /> : (
        <Long rows={found} of={`${say(S.posts)} ${plain}`}>{(shown) => <Rows shown={shown} areaOf={areas.nameOf} open={setOpen} />}</Long>
      )}
      {open?.what === "edit" && <PostForm {...common} post={open.post} />}
      {open?.what === "add" && <PostForm {...common} post={null} />}
      {open?.what === "order" && <PostOrder post={open.post} close={common.close} saved={common.saved} />}
    </section>
  );
}

export function PostsPage() {
  const asked = usePosts();
  return <Shown asked={asked}>{(posts) => <List posts={posts} asked={asked} />}</Shown>;
}
