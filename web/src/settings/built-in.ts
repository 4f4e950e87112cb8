// The policies that Precinct brings, of the same source and in the same order as in the program: crates/access/src/standard.rs.
import administration from "../../../crates/access/policies/administration.cedar";
import controlRoom from "../../../crates/access/policies/control_room.cedar";
import crew from "../../../crates/access/policies/crew.cedar";
import glass from "../../../crates/access/policies/glass.cedar";
import machines from "../../../crates/access/policies/machines.cedar";
import others from "../../../crates/access/policies/others.cedar";
import oversight from "../../../crates/access/policies/oversight.cedar";
import planning from "../../../crates/access/policies/planning.cedar";

export const BUILT_IN = [controlRoom, crew, planning, others, oversight, administration, machines, glass].join("\n");
