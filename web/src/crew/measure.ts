// Lengths as one says them on the way: to ten metres, then to a tenth of a kilometre.
import { DISTANCE } from "../words/crew";
import { number, say } from "../words/say";

export function distance(metres: number): string {
  if (metres < 995) return say(DISTANCE.metres, { n: Math.round(metres / (metres < 100 ? 5 : 10)) * (metres < 100 ? 5 : 10) });
  return say(DISTANCE.kilometres, { n: number(metres / 1000, metres < 9_950 ? 1 : 0) });
}
