// What the board and the catalogue call things, for whatever is said of them.
import { named } from "../words/say";
import { tellWith } from "../words/told";
import { areas, posts, units } from "./board";
import { titleOf } from "./catalogue";

tellWith({
  unit: (id) => units.value.get(id)?.call_sign,
  area: (id) => named(areas.value.get(id)?.name) || undefined,
  post: (id) => named(posts.value.get(id)?.name) || undefined,
  coded: titleOf,
});
