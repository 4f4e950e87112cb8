//! The policies that Precinct brings: every role, action and place against the table in `policies/table.txt`.
#![expect(clippy::disallowed_methods, reason = "the table is a file, so that people read it")]

use precinct_access::{Access, table};

/// The table is what was meant; the policies have to give it. Who changes policies changes it by hand, and reads what changed.
#[test]
fn the_standard_policies_give_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/policies/table.txt");
    let expected = std::fs::read_to_string(path).unwrap();
    let given = table(&Access::standard());
    for (number, (expected, given)) in expected.lines().zip(given.lines()).enumerate() {
        assert_eq!(expected, given, "line {} of policies/table.txt", number + 1);
    }
    assert_eq!(expected.lines().count(), given.lines().count());
}
