//! The policies that Precinct brings, and the schema that all policies are held against.

/// What policies may speak of, in Cedar's schema language.
pub const SCHEMA: &str = include_str!("../policies/schema.cedarschema");

/// The policies that hold where a city has set none.
pub const STANDARD: &str = concat!(
    include_str!("../policies/control_room.cedar"),
    "\n",
    include_str!("../policies/crew.cedar"),
    "\n",
    include_str!("../policies/planning.cedar"),
    "\n",
    include_str!("../policies/others.cedar"),
    "\n",
    include_str!("../policies/oversight.cedar"),
    "\n",
    include_str!("../policies/administration.cedar"),
    "\n",
    include_str!("../policies/machines.cedar"),
    "\n",
    include_str!("../policies/glass.cedar"),
);
