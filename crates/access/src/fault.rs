//! What is wrong with a set of policies, where, and what to do.

use std::fmt;

use precinct_base::Said;

/// A fault of a set of policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFault {
    /// The line, from 1; none where it is about the whole.
    pub line: Option<usize>,
    /// The character in it, from 1.
    pub column: Option<usize>,
    /// The policy, by its `@id`, if that is known.
    pub policy: Option<String>,
    /// What is wrong.
    pub what: Said,
    /// What to do.
    pub mend: Said,
}

impl PolicyFault {
    /// A fault of the whole.
    pub(crate) fn whole(what: Said, mend: Said) -> Self {
        Self { line: None, column: None, policy: None, what, mend }
    }

    /// The same at byte `offset` of `text`.
    pub(crate) fn at(self, text: &str, offset: Option<usize>) -> Self {
        let Some(before) = offset.and_then(|offset| text.get(..offset)) else { return self };
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self { line: Some(line), column: Some(column), ..self }
    }

    /// The same, of a policy.
    pub(crate) fn of(self, policy: Option<&str>) -> Self {
        Self { policy: policy.map(str::to_owned), ..self }
    }
}

impl fmt::Display for PolicyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(line), Some(column)) = (self.line, self.column) {
            write!(f, "line {line}, column {column}: ")?;
        }
        if let Some(policy) = &self.policy {
            write!(f, "policy {policy:?}: ")?;
        }
        write!(f, "{}: {}", self.what, self.mend)
    }
}

/// Why a set of policies is not taken: every fault that was found. The ones that hold go on holding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct PolicyFaults(pub Vec<PolicyFault>);

impl fmt::Display for PolicyFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the policies are not taken, those before go on holding")?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_says_where_in_characters() {
        let text = "甲乙\n丙 x";
        let fault =
            |offset| PolicyFault::whole(Said::verbatim("w"), Said::verbatim("m")).at(text, offset);
        assert_eq!(fault(Some(11)).to_string(), "line 2, column 3: w: m");
        assert_eq!(
            fault(Some(0)).of(Some("p")).to_string(),
            "line 1, column 1: policy \"p\": w: m"
        );
        // In the middle of a character, beyond the end, nowhere.
        for offset in [Some(1), Some(99), None] {
            assert_eq!(fault(offset).to_string(), "w: m");
        }
    }
}
